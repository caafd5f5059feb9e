/** What newsrooms put above the headline for themselves: lines such as "SLUG: ferry" or "PRESS RELEASE", or a table of such. */
import { cleanLine, wordSet } from '../../../text.ts'
import type { XmlNode } from '../../xml-tree.ts'
import { releaseLabel, releaseWords } from '../lines/embargo-line.ts'
import { foldWord } from '../lines/page-word-lists.ts'
import { dateIn } from '../lines/written-date.ts'
import { partsIn, wordsOf } from './word-words.ts'

/** A release is what stands above one. */
type Kind = keyof typeof labels | 'release'
export type DeskFact = readonly [Kind, string]

/** In small letters, without blanks. */
const labels = {
  title: wordSet('headline title hed titel überschrift başlik titre título titolo'),
  dek: wordSet('dek deck subhead subheadline subheading standfirst vorspann untertitel spot chapô'),
  author: wordSet(
    'author authors by byline reporter reporters writer autor autorin auteur muhabir',
  ),
  section: wordSet('section category'),
  date: wordSet(
    'date published publicationdate pubdate publish publishdate rundate releasedate forpublication datum tarih',
  ),
  embargo: wordSet('embargo embargoed embargoeduntil embargountil'),
  other: wordSet('slug words wordcount length desk version priority status editor'),
}

/** What stands above a press release. */
const release = new RegExp(`^(${releaseWords})(?:\\s*[:–—-]\\s+(.*))?$`, 'iu')
const immediate = /^(?:for )?immediate release(?:[\s:–—-]+(.*))?$/i

function releaseFact(line: string): DeskFact | undefined {
  if (line.length > longest) return undefined
  if (releaseLabel.test(line)) return ['release', '']
  const [said, words] = immediate.exec(line) ?? []
  if (words) return dateIn(words) ? ['date', words] : headlineOf(words)
  if (said !== undefined) return ['other', '']
  const [, label = '', headline] = release.exec(line) ?? []
  if (label === '') return undefined
  if (headline === undefined || immediate.test(headline)) return ['release', '']
  // In small letters it may be what a headline is about.
  return label === label.toUpperCase() ? headlineOf(headline) : undefined
}

/** Behind the label, unless it is another one, or what a template left to be filled in. */
function headlineOf(words: string): DeskFact | undefined {
  if (/^\[[^\]]*\]$/.test(words)) return ['other', '']
  return words.includes(':') ? undefined : ['title', words]
}

/** Characters and rows; what is larger is text. */
const longest = 200
const mostRows = 12

/** @returns undefined of what is text */
export function deskFactsIn(node: XmlNode): readonly DeskFact[] | undefined {
  const line = node.name === 'w:p' ? cleanLine(wordsOf(node)) : ''
  const ofRelease = releaseFact(line)
  if (ofRelease) return [ofRelease]
  const rows =
    node.name === 'w:tbl' ? partsIn(node, new Set(['w:tr'])).map(cellsOf) : [partsOf(line)]
  if (rows.length > mostRows) return undefined
  const known = rows.map(factOf).filter((fact) => fact !== undefined)
  return known.length > 0 && known.length === rows.length ? known : undefined
}

/** What a table of facts has in the cell beside "Date". */
export function dayInTable(node: XmlNode): string | undefined {
  const rows = partsIn(node, new Set(['w:tr']))
    .slice(0, mostRows)
    .map(cellsOf)
  const isOfFacts = rows.every((cells) => cells.length === 2)
  const found = rows.find(([label = '']) => labels.date.has(label.toLowerCase().replace(/\s/g, '')))
  return isOfFacts ? dateIn(found?.[1] ?? '') : undefined
}

const cellsOf = (row: XmlNode) =>
  partsIn(row, new Set(['w:tc'])).map((cell) => cleanLine(wordsOf(cell)).replace(/:$/, ''))

/** In small letters others of these words may begin a headline. */
const deskLine =
  /^([\p{Lu} ]{2,20}|(?:slug|words|word count|embargo(?:ed)?(?: until)?|headline|title|tit(?:el|re|olo)|título|überschrift|başlık|dek|deck|sub-?head(?:line|ing)?|standfirst|vorspann|untertitel|chapô|authors?|byline|by|reporter|autor(?:in)?|auteur|muhabir|date|datum|tarih|published|publish|(?:pub|publish|publication|run|release) date|for publication|body|text)(?=:)):\s*(.*)$/u
const inCapital = /^\p{Lu}(?=\p{Ll})/u

const partsOf = (line: string): readonly string[] =>
  deskLine.exec(line.replace(inCapital, (letter) => letter.toLowerCase()))?.slice(1) ?? []

function factOf([label = '', value = '', ...others]: readonly string[]): DeskFact | undefined {
  const name = foldWord(label).replace(/[\s-]/g, '')
  if (others.length > 0 || value.length > longest) return undefined
  // Above the text, which may as well stand behind it.
  if (name === 'body' || name === 'text') return value === '' ? ['other', ''] : undefined
  const [kind] = Object.entries(labels).find(([, known]) => known.has(name)) ?? []
  return kind === undefined ? undefined : [kind as Kind, unquoted(value)]
}

/** Whether what stands behind a label is no name, day or number, as in "Contact: a novel of the sea". */
export const isPhrase = (value: string) =>
  /^(?!(?:to|not|none)\b)(?:\p{Ll}+|An?|The|How|Why|What|When|Where|Who)(?: [^\s\d@]+){2,}$/u.test(
    value,
  )

/** Before a name, a day or a number. */
const ofFacts = new Set([...labels.author, ...labels.date, 'words'])

/** Whether a line may be a headline though it begins as one for the newsroom does: "Reporter: a life on the quay". */
export function isLabelledPhrase(line: string): boolean {
  const [label = '', value = ''] = partsOf(line)
  return ofFacts.has(label) && isPhrase(value)
}

/** A headline in quotation marks, as some forms have it. */
const unquoted = (value: string) => /^["“„«]([^"“”„«»]+)["”“»]$/.exec(value)?.[1] ?? value
