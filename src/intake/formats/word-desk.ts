/** What newsrooms put above the headline for themselves: lines such as "SLUG: ferry", or a table of such. */
import { cleanLine, wordSet } from '../../text.ts'
import { partsIn, wordsOf } from './word-words.ts'
import type { XmlNode } from './xml-tree.ts'

type Kind = keyof typeof labels
export type DeskFact = readonly [Kind, string]

/** In small letters, without blanks. */
const labels = {
  title: wordSet('headline title hed'),
  author: wordSet('author authors by byline reporter reporters writer'),
  section: wordSet('section category'),
  date: wordSet('date published publicationdate'),
  embargo: wordSet('embargo embargoed embargoeduntil embargountil'),
  other: wordSet('slug words wordcount length desk version priority status editor'),
}

/** Characters and rows; what is larger is text. */
const longest = 200
const mostRows = 12

/** @returns undefined of what is text */
export function deskFactsIn(node: XmlNode): readonly DeskFact[] | undefined {
  const rows =
    node.name === 'w:tbl' ? partsIn(node, new Set(['w:tr'])).map(cellsOf) : [partsOf(node)]
  if (rows.length > mostRows) return undefined
  const known = rows.map(factOf).filter((fact) => fact !== undefined)
  return known.length > 0 && known.length === rows.length ? known : undefined
}

const cellsOf = (row: XmlNode) =>
  partsIn(row, new Set(['w:tc'])).map((cell) => cleanLine(wordsOf(cell)).replace(/:$/, ''))

/** In small letters most of these words may begin a headline. */
const deskLine = /^([A-Z ]{2,20}|(?:slug|words|word count|embargo(?:ed)?(?: until)?)(?=:)):\s*(.*)$/
const inCapital = /^[A-Z](?=[a-z])/

function partsOf(paragraph: XmlNode): readonly string[] {
  const line = cleanLine(wordsOf(paragraph))
  return deskLine.exec(line.replace(inCapital, (letter) => letter.toLowerCase()))?.slice(1) ?? []
}

function factOf([label = '', value = '', ...others]: readonly string[]): DeskFact | undefined {
  const name = label.toLowerCase().replace(/\s/g, '')
  if (others.length > 0 || value.length > longest) return undefined
  const [kind] = Object.entries(labels).find(([, known]) => known.has(name)) ?? []
  return kind === undefined ? undefined : [kind as Kind, value]
}
