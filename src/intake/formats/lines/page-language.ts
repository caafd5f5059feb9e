/** The language of a page, told by its words. */
import { plainTextOf } from '../../../html-text.ts'

/** Languages TRT publishes in, as franc calls them: ISO 639-3. */
const published: Readonly<Record<string, string>> = {
  ...{ eng: 'en', fra: 'fr', tur: 'tr', deu: 'de', rus: 'ru', arb: 'ar', spa: 'es', nld: 'nl' },
  ...{
    bos: 'bs',
    srp: 'sr',
    bul: 'bg',
    als: 'sq',
    mkd: 'mk',
    swh: 'sw',
    hau: 'ha',
    som: 'so',
    por: 'pt',
  },
  ...{ pes: 'fa', urd: 'ur', azj: 'az', pol: 'pl', nob: 'no', nno: 'no', ita: 'it' },
}

/** So much of a text tells its language; much less does not, and of more all languages look alike. */
const sample = 500
const leastSample = 60
/** In a short text Bulgarian looks like Russian, which has these letters besides. */
const notBulgarian = /[ыэё]/i
/** A language that is so likely beside the likeliest may be it. */
const nearly = 0.9

/**
 * The month tells the language unless several share its name; then other words of the page may, and else
 * its text. English is left to the FEED_LANGUAGE setting, which may say which English.
 * @param months languages that have a month of the page's date
 * @param hint the language that words of the layout tell
 * @param texts of the story
 */
export async function languageOf(
  months: readonly string[],
  hint: string | undefined,
  texts: readonly string[],
): Promise<string | undefined> {
  const isHinted = hint !== undefined && (months.length === 0 || months.includes(hint))
  const known = months.length === 1 ? months[0] : isHinted ? hint : undefined
  if (isPidgin(texts)) return 'pcm'
  const language = known ?? (await languageOfText(sampleOf(texts), months)) ?? months[0]
  return language === 'en' ? undefined : language
}

function sampleOf(texts: readonly string[]): string {
  let text = ''
  for (const one of texts) {
    text += `${one} `
    if (text.length > sample) break
  }
  return text.slice(0, sample)
}

/**
 * Words that English does not have and Nigerian Pidgin can hardly do without. Its pages have their dates in Swahili or
 * English, and franc knows no Pidgin.
 */
const pidgin = /\b(?:dey|wey|dem|dia|sey|una|wetin|wia|di|im|wit|tok)\b/g
const leastPidgin = 6

function isPidgin(texts: readonly string[]): boolean {
  // To look for each of the words takes as long as reading a head.
  if (!texts.slice(0, 3).some((text) => text.includes('dey ') || text.includes('wey ')))
    return false
  const found = sampleOf(texts).match(pidgin) ?? []
  return found.length >= leastPidgin && new Set(found).size >= 3
}

/** Other languages with a press of their own. */
const others: Readonly<Record<string, string>> = {
  ...{ swe: 'sv', dan: 'da', fin: 'fi', est: 'et', lav: 'lv', lit: 'lt', isl: 'is', cat: 'ca' },
  ...{ ces: 'cs', slk: 'sk', slv: 'sl', hrv: 'hr', hun: 'hu', ron: 'ro', ukr: 'uk', ell: 'el' },
  ...{ kor: 'ko', jpn: 'ja', cmn: 'zh', tha: 'th', vie: 'vi', ind: 'id', zsm: 'ms', zul: 'zu' },
  ...{ heb: 'he', hin: 'hi', ben: 'bn', tam: 'ta' },
}

/** More of a text tells its language among all of them. */
const sampleOfStory = 2000
const leastOfStory = 200
/** Danish is as likely as Norwegian; others are told apart by more than this. */
const likeAnother = 0.985

/** Letters that a language has not, and one much like it has often. */
const lacked: Readonly<Record<string, RegExp>> = {
  ...{
    bul: /[ыэё]/gi,
    mkd: /[ыэёщъ]/gi,
    srp: /[ыэёщъ]/gi,
    bos: /[ыэёщъ]/gi,
    ukr: /[ыэёъ]/gi,
    rus: /[іїєґјљњ]/gi,
  },
  ...{ spa: /[ãõ]/gi, cat: /[ãõñ]/gi, por: /[ñ¿¡]/gi },
}
const nothing = /(?!)/g

/** Of a page that states none, where no other is nearly as likely; undefined for English too. */
export async function languageOfStory(text: string): Promise<string | undefined> {
  const start = text
    .slice(0, 4 * sampleOfStory)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, sampleOfStory)
  if (start.length < leastOfStory) return undefined
  const { francAll } = await import('franc')
  const only = [...Object.keys(published), ...Object.keys(others)].filter((code) => {
    const lacking = start.match(lacked[code] ?? nothing)?.length ?? 0
    return lacking * 400 < start.length
  })
  const [[best = 'und', likeness = 0] = [], [, next = 0] = []] = francAll(start, { only })
  if (next > likeAnother * likeness) return undefined
  // It takes Chinese of newspapers for Japanese, which has letters besides.
  const kana = start.match(/\p{Script=Hiragana}/gu)?.length ?? 0
  if (best === 'jpn' && kana * 50 < start.length) return 'zh'
  const language = published[best] ?? others[best]
  return language === 'en' ? undefined : language
}

/** The language of a story in HTML that states none. */
export const languageOfHtml = (html: string) =>
  languageOfStory(plainTextOf(html.slice(0, 8 * sampleOfStory)))

/** Undefined when the text is too short; English when it is as likely as any other. */
async function languageOfText(start: string, months: readonly string[]) {
  if (start.length < leastSample) return undefined
  // Loading its table takes 20 ms, which most folders need not pay.
  const { francAll } = await import('franc')
  const only = Object.keys(published).filter((code) => code !== 'bul' || !notBulgarian.test(start))
  const found = francAll(start, { only })
  const ofMonth = found.find(([code]) => months.includes(published[code] ?? ''))
  // A page may have its date in English, whose months others share: Bosnian has it in small letters.
  const [best = 'und', likeness = 0] =
    (ofMonth && ofMonth[1] > nearly * (found[0]?.[1] ?? 0) ? ofMonth : found[0]) ?? []
  const english = found.find(([code]) => code === 'eng')?.[1] ?? 0
  return english > 0.97 * likeness ? 'en' : published[best]
}
