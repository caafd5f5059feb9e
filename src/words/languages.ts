/** Which languages the pages speak: apart from the words, which take their time to load. */
export const wordLanguages = ['en', 'tr', 'ar', 'fr', 'de', 'ru', 'es'] as const

/** @param language BCP 47 */
export function hasWords(language: string): boolean {
  const { language: primary } = new Intl.Locale(language)
  return wordLanguages.some((one) => one === primary)
}
