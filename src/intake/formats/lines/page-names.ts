/** Names on a TRT World page: of authors, and of news agencies. */
import { foldWord } from './page-word-lists.ts'
import { type AfterWord, afterBy, isSentence } from './page-words.ts'

/** "Mira OnalMira Onal" → Mira Onal: a portrait's alternative text, and the name below it. */
export function undoubled(line: string): string | undefined {
  if (line.length > 160) return undefined
  for (let between = line.length % 2; between <= 3; between += 2) {
    const half = (line.length - between) / 2
    const isTwice =
      half >= 4 && line[0] === line[half + between] && line.startsWith(line.slice(half + between))
    if (isTwice && /^[\s,/|]*$/.test(line.slice(half, half + between))) {
      return line.slice(0, half).trim()
    }
  }
  return undefined
}

const agencies = new Set(
  'aa,anadolu,anadolu agency,anadolu ajansi,afp,ap,ap archive,ap photo,reuters,reuters archive,epa,dha,iha,getty,getty images,xinhua,archive,agencies,agences,agenturen,agencias,agencije,agjencitë,агенции,others,other,autres,otros'.split(
    ',',
  ),
)
/** TRT World, TRT Français, TRTWorld, TRT عربي */
const nameOfTrt = /^TRT(?: ?\p{Lu}[\p{L}\p{M}]*| \p{Script=Arabic}+)?$/u

/** Whether a line names news agencies and nothing else. */
export const isAgencies = (line: string) =>
  line.length <= 80 &&
  partsOf(line, betweenSources).every(
    (name) => name === '' || agencies.has(foldWord(name)) || nameOfTrt.test(name),
  )

/** Arabic glues its "and" to the next word; وكالة and وكالات are agencies, without an "and". */
export const betweenSources = /[,،;؛/]|\s(?:and|et|ve|und|и|y|en|i|dhe|na|da|&)\s|\sو(?!كال)\s?/u

const betweenNames = /[,،;؛]|\s(?:and|et|ve|und|и|و|y|&)\s/u

/** "A, B and C" → A, B, C; each once. */
export const splitNames = (text: string, separators = betweenNames) =>
  unique(partsOf(text, separators))

const partsOf = (text: string, separators: RegExp) =>
  text.split(separators).map((name) => name.trim())

/** Each once, and none that is empty. */
export function unique(texts: readonly string[]): string[] {
  const some = texts.filter((text) => text !== '')
  return some.length > 1 ? [...new Set(some)] : some
}

/** The names in a line that is a byline. */
export function byline(line: string): AfterWord | undefined {
  const twice = line.length <= 160 ? undoubled(line) : undefined
  if (twice && isName(twice)) return { rest: twice, language: undefined }
  const names = afterBy(line)
  return names && (names.rest === '' || isName(names.rest)) ? names : undefined
}

/** Names are capitalised for the most part, and have no digit and no slash of a caption. */
export function isName(text: string): boolean {
  if (text.length > 160 || text.includes(' / ') || /\d/.test(text)) return false
  const words = text.split(/[\s,]+/)
  if (words.length <= 2) return true
  if (/^\p{Ll}/u.test(text) || (words.length > 4 && isSentence(text))) return false
  const small = words.filter((word) => /^\p{Ll}/u.test(word)).length
  return words.length <= 24 && small * 2 <= words.length
}
