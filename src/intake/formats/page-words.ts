/**
 * The words of TRT's page layout in the languages TRT publishes in. They are furniture of the
 * page, not of the story. Month names are not here: those come from Intl (see date-line.ts).
 */

interface PageWords {
  /** Before the names of the authors. */
  readonly by: readonly string[]
  /** Before the agencies at the foot, in capitals and with a colon. */
  readonly source: readonly string[]
  /** Alone on a line: between paragraphs, about other stories. */
  readonly recommended: readonly string[]
  /** Alone on a line: what follows is other stories' headlines. */
  readonly explore: readonly string[]
  /** In the reading-time line, after the minutes. */
  readonly reading: readonly string[]
  /** Before the credit of an image, with a colon. */
  readonly photo: readonly string[]
}

const words: Readonly<Record<string, PageWords>> = {
  en: {
    by: ['By'],
    source: ['SOURCE', 'SOURCES'],
    recommended: ['Recommended', 'Related'],
    explore: ['Explore', 'More Videos'],
    reading: ['read'],
    photo: ['Photo', 'Image'],
  },
  fr: {
    by: ['Par'],
    source: ['SOURCE', 'SOURCES'],
    recommended: ['Recommandé', 'Recommandés'],
    explore: ['Explorer', 'Découvrir'],
    reading: ['lecture'],
    photo: ['Photo'],
  },
  tr: {
    by: ['Yazan', 'Haber'],
    source: ['KAYNAK', 'KAYNAKLAR'],
    recommended: ['Önerilen', 'Önerilenler'],
    explore: ['Keşfet'],
    reading: ['okuma'],
    photo: ['Fotoğraf', 'Foto'],
  },
  de: {
    by: ['Von'],
    source: ['QUELLE', 'QUELLEN'],
    recommended: ['Empfohlen'],
    explore: ['Entdecken'],
    reading: ['Lesezeit', 'lesen'],
    photo: ['Foto', 'Bild'],
  },
  ru: {
    by: ['Автор', 'Авторы'],
    source: ['ИСТОЧНИК', 'ИСТОЧНИКИ'],
    recommended: ['Рекомендуем', 'Рекомендуемое'],
    explore: ['Узнать больше', 'Обзор'],
    reading: ['чтения', 'чтение'],
    photo: ['Фото'],
  },
  ar: {
    by: ['بقلم'],
    source: ['المصدر', 'المصادر'],
    recommended: ['موصى به'],
    explore: ['اكتشف', 'استكشف'],
    reading: ['قراءة', 'للقراءة'],
    photo: ['صورة', 'الصورة'],
  },
  es: {
    by: ['Por'],
    source: ['FUENTE', 'FUENTES'],
    recommended: ['Recomendado', 'Recomendados'],
    explore: ['Explorar'],
    reading: ['lectura'],
    photo: ['Foto'],
  },
}

/** What every line about minutes starts its second word with: min, minutes, мин, dk, dakika, دقائق. */
const minuteWord = /^(min|мин|dk|dak|дак|دق)/

/** Lines that TRT's page frame puts around any story start like this. */
const pageFrame =
  /^(?:Sneak a peek at TRT|Here’s a sneak peek at|TRT vous raconte tout ce qui|POLITICSTÜRKİYEWAR)/

/** Turkish İ lower-cases to i and a dot, I to a dotted i: NİSAN and Nisan, KASIM and Kasım are one. */
export const foldWord = (text: string) =>
  text.toLowerCase().replaceAll('\u0307', '').replaceAll('ı', 'i')

/** A word as it is listed, in small letters and in capitals; Turkish has capitals of its own. */
const spellings = (language: string, listed: readonly string[]) =>
  listed.flatMap((word) => [
    word,
    word.toLowerCase(),
    word.toUpperCase(),
    word.toLocaleUpperCase(language),
  ])

const languages = Object.entries(words)
const every = (kind: keyof PageWords) =>
  new Set(languages.flatMap(([language, kinds]) => spellings(language, kinds[kind])))

const recommended = every('recommended')
const explore = every('explore')
const by = every('by')
const photo = every('photo')
/** In capitals only: "Source: the ministry says …" is a sentence. */
const source = new Set(languages.flatMap(([, kinds]) => kinds.source))

/** Words that only one language's pages have, and that language. */
const languageOfWord = new Map<string, string | undefined>()
for (const [language, kinds] of languages) {
  const listed = [...kinds.by, ...kinds.source, ...kinds.reading]
  for (const word of new Set(spellings(language, listed))) {
    languageOfWord.set(word, languageOfWord.has(word) ? undefined : language)
  }
}

/** The longest of the words, and of the page frame's sentences; a longer line is neither. */
const longestWord = 24
const longestSentence = 120

/** A line that belongs to the page and not to its story. */
export const isPageFrame = (line: string) =>
  line.length <= longestWord
    ? recommended.has(line)
    : line.length <= longestSentence && pageFrame.test(line)

export const isExplore = (line: string) => line.length <= longestWord && explore.has(line)

/** What stands behind a word of the layout, and the language which that word gives away. */
export interface AfterWord {
  readonly rest: string
  readonly language: string | undefined
}

function afterWord(line: string, end: number, known: ReadonlySet<string>): AfterWord | undefined {
  const word = end === -1 ? line : line.slice(0, end).trimEnd()
  if (word.length > longestWord || !known.has(word)) return undefined
  const rest = line.slice(word.length).replace(/^[\s:]+/, '')
  return { rest, language: languageOfWord.get(word) }
}

/** The authors' part of a `By …` line; empty when the names are on the following lines. */
export const afterBy = (line: string) => afterWord(line, line.search(/[\s:]/), by)

function afterColon(line: string, known: ReadonlySet<string>): AfterWord | undefined {
  if (line.length > 200) return undefined
  const colon = line.indexOf(':')
  return colon > 0 && colon <= longestWord ? afterWord(line, colon, known) : undefined
}

/** The agencies' part of a `SOURCE:…` line. */
export const afterSource = (line: string) => afterColon(line, source)

/** The name in `Photo: AA`. */
export const afterPhoto = (line: string) => afterColon(line, photo)?.rest

export interface ReadingTime {
  readonly minutes: number
  /** The language of the page, which the word for "read" tells. */
  readonly language: string | undefined
}

/** Reads `3 MIN READ`, `4 min de lecture`, `5 Min. Lesezeit`; undefined when the line is something else. */
export function readingTime(line: string): ReadingTime | undefined {
  if (line.length > 40 || !/^[\d٠-٩۰-۹]/.test(line)) return undefined
  const tokens = foldWord(asciiDigits(line)).match(/\d+|[\p{L}\p{M}]+/gu) ?? []
  const [minutes, unit, ...rest] = tokens
  if (!unit || !minuteWord.test(unit) || rest.length > 3) return undefined
  const known = rest.find((word) => languageOfWord.has(word))
  if (!known || Number(minutes) < 1 || Number(minutes) > 600) return undefined
  return { minutes: Number(minutes), language: languageOfWord.get(known) }
}

/** Whether a line ends as a sentence does. */
export const isSentence = (text: string) => /\p{Ll}[.!?…]$/u.test(text)

/** A line such as 26:00, the length of a video. */
export const isDuration = (line: string) => line.length <= 8 && /^\d{1,2}(:\d{2}){1,2}$/.test(line)

const betweenNames = /[,،;؛]|\s(?:and|et|ve|und|и|و|y|&)\s/u

/** "A, B and C" → A, B, C; each once. */
export function splitNames(text: string, separators = betweenNames): string[] {
  const names = text.split(separators).map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}

/** Arabic-Indic and Persian digits as 0 to 9. */
export function asciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
}
