/**
 * Languages as those want them who take no BCP 47 tag. What a tag leaves out is what is likely
 * (unicode.org/reports/tr35, Likely Subtags).
 */

/**
 * Open Graph's `language_TERRITORY` (ogp.me), such as zh_TW for zh-Hant. A tag that names no territory, or a
 * part of the world, gets the territory where most who read it live.
 * @returns undefined where there is none, as for Esperanto
 */
export function openGraphLocale(tag: string): string | undefined {
  const { language, script, region } = new Intl.Locale(tag)
  const written = script ? `${language}-${script}` : language
  const territory = [region, new Intl.Locale(written).maximize().region].find(
    (one) => one && /^[A-Z]{2}$/.test(one),
  )
  return territory && `${language}_${territory}`
}

/** Google News's: two or three letters (ISO 639), but for Chinese, whose script it wants to know. */
export function newsLanguage(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize()
  if (language !== 'zh') return language
  return script === 'Hant' ? 'zh-tw' : 'zh-cn'
}
