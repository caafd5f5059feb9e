/** The elements of a web page, in a time that is bounded. */
import { parseHTML } from 'linkedom'
import { withEndedComments } from '../../html-comments.ts'
import { refuseExcess } from '../../html-excess.ts'
import { RejectionError } from '../../rejection.ts'
import type { CharacterData, Document, Element } from '../lines/page-elements.ts'
import { endHead } from './page-open-head.ts'
import { removeSigns } from './page-signs.ts'

/**
 * Each tag and each entity begins another node, and linkedom writes no-break spaces as entities.
 * A page with its scripts has a tenth.
 */
const marks = /[<&\u00a0]/g
const mostMarks = 200_000
/** In short pages there is less room for them. */
const marksOfShort = 20_000
const charactersPerMark = 10

/**
 * Takes Readability a second. An article among its comments has 3,000 elements, 15 deep: 45,000.
 * Where there is less text they are tags without words.
 */
const mostDepths = 80_000
const depthsOfShort = 30_000
const charactersPerDepth = 5

/** Of so many names linkedom cannot make a list, and they mean nothing. */
const endlessClass = /\sclass\s*=\s*(?:"[^"]{20000,}"|'[^']{20000,}'|[^\s"'>]{20000,})/gi

/** NodeFilter.SHOW_COMMENT (dom.spec.whatwg.org) */
const showComment = 128

/** @throws RejectionError when it has far more or deeper elements than an article's page */
export function readPage(written: string): Document {
  const text = withEndedComments(written).replace(endlessClass, '')
  const nodes = text.match(marks)?.length ?? 0
  refuseTooMany(nodes, Math.min(mostMarks, marksOfShort + text.length / charactersPerMark))
  refuseExcess(text)
  const document: Document = parseHTML(text).document
  removeComments(document)
  endHead(document)
  const most = Math.min(mostDepths, depthsOfShort + text.length / charactersPerDepth)
  refuseTooMany(depths(document), most)
  if (document.documentElement) removeSigns(document.documentElement)
  return document
}

/** Shown nowhere; Readability would take a hundred thousand of them, as they are in no count of elements, again at each try. */
function removeComments(document: Document): void {
  // linkedom cannot walk through a file without any element.
  if (!document.documentElement) return
  const walker = document.createTreeWalker(document, showComment)
  const found: CharacterData[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node)
  for (const node of found) node.remove()
}

/** The depths of all elements, added up: what Readability takes grows with that. */
export function depths(document: Document): number {
  const known = new Map<Element | null, number>()
  let sum = 0
  for (const element of document.querySelectorAll('*')) {
    const depth = (known.get(element.parentElement) ?? 0) + 1
    known.set(element, depth)
    sum += depth
  }
  return sum
}

function refuseTooMany(count: number, most: number): void {
  if (count <= most) return
  throw new RejectionError(
    'the page is too large: it has far more elements than an article',
    'Save the article alone, without its comments and related pages.',
  )
}
