/** Signs of the languages in which templates are written. */

/** Whether a value is what a program was to put another in place of. */
export const isTemplate = (text: string) => /\{\{|\{%|<%/.test(text)
