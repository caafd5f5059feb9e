/** A text by what its number asks for (unicode.org/reports/tr35/tr35-numbers.html, Plural Rules). */
export type Counted = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>

/** Says of a language's file that a text depends on {n}, and not which forms the language has. */
export const counted = (forms: Counted): Counted => forms
