/** The text that an item of NewsML-G2 conveys: NITF, XHTML, HTML, plain, or in the words of TT. */
import { voidElements } from '../../../html.ts'
import { escapeAttribute, escapeText } from '../../../text.ts'
import type { RawImage } from '../../raw-article.ts'
import { allNamed, elementsIn, find, rawText, says, texts, type XmlNode } from '../../xml-tree.ts'
import { htmlOfText } from '../text/broken-lines.ts'
import { isOfTt, readTt } from './newsml-g2-tt.ts'
import { bylinesIn, readStory } from './nitf-story.ts'

export interface G2Content {
  /** Empty where there is no text. */
  readonly html: string
  /** The element that has the text, where that is not read. */
  readonly unread?: string
  readonly title?: string
  readonly summary?: string
  readonly bylines: readonly string[]
  readonly image?: RawImage | undefined
  readonly audio?: string | undefined
}

/** @param title is not in the text a second time */
export function contentOf(sets: readonly XmlNode[], title: string): G2Content {
  const inline = sets.flatMap((set) => [...find(set, 'inlineXML'), ...find(set, 'inlineData')])
  const read = inline.map((one) => readInline(one, title))
  return (
    read.find(({ html }) => html !== '') ??
    read.find(({ unread }) => unread) ?? { html: '', bylines: [] }
  )
}

const ofHtml = new Set(
  (
    'html body head div section article main header footer aside nav hgroup p h1 h2 h3 h4 h5 h6 ul ol dl table ' +
    'blockquote figure pre address hr details iframe video audio img picture form center ' +
    'a b i u em strong span small sub sup q cite code br abbr time mark s del ins font'
  ).split(' '),
)
/** Are part of the words around them. */
const inWords = new Set(
  'a b i u em strong span small sub sup q cite code br abbr time mark s del ins font'.split(' '),
)

/** Whose children stand among paragraphs. */
const around = new Set('html body div section article main header footer aside center'.split(' '))

const isOfHtml = ({ name }: XmlNode) => ofHtml.has(name.toLowerCase())

/** What is no HTML, where more of the words are in such elements than in those of HTML. */
function mostlyOther(elements: readonly XmlNode[]): XmlNode | undefined {
  const blocks = elements.flatMap(blocksIn)
  const [other, ...more] = blocks.filter((block) => !isOfHtml(block))
  const lengthOf = (nodes: readonly XmlNode[]) => nodes.map(rawText).join('').length
  const length = other ? lengthOf([other, ...more]) : 0
  return length * 2 > lengthOf(blocks) ? other : undefined
}

const blocksIn = (node: XmlNode): readonly XmlNode[] =>
  around.has(node.name.toLowerCase()) ? elementsIn(node).flatMap(blocksIn) : [node]

function readInline(inline: XmlNode, title: string): G2Content {
  const elements = elementsIn(inline)
  const nitf = elements.find(({ name }) => name === 'nitf')
  if (nitf) return nitfContent(nitf, title)
  const ofTt = elements.find(isOfTt)
  if (ofTt) return readTt(ofTt)
  const other = elements.find((one) => !isOfHtml(one)) ?? mostlyOther(elements)
  if (other) return { html: '', unread: other.name, bylines: [] }
  if (elements.length > 0) return { html: htmlContent(inline, title), bylines: [] }
  return { html: dataContent(rawText(inline), inline.attributes.contenttype ?? ''), bylines: [] }
}

function nitfContent(nitf: XmlNode, title: string): G2Content {
  const head = find(nitf, 'body/body.head')
  const headlines = [
    ...head.flatMap((one) => [...texts(one, 'hedline/hl1'), ...texts(one, 'headline/hl1')]),
    ...texts(nitf, 'head/title'),
  ]
  const [summary] = head.flatMap((one) => texts(one, 'abstract'))
  const bylines = head.flatMap((one) => find(one, 'byline')).flatMap(bylinesIn)
  return {
    ...readStory(nitf, title),
    ...(headlines[0] && { title: headlines[0] }),
    ...(summary && { summary }),
    bylines,
  }
}

/** Data is plain text, though some send HTML as that. */
function dataContent(text: string, type: string): string {
  if (/html/i.test(type) || /^\s*<(?:p|div|html|body|h\d)\b/i.test(text)) return text.trim()
  return htmlOfText(text)
}

function htmlContent(inline: XmlNode, title: string): string {
  const body = allNamed(inline, 'body')
  const parts = body.length > 0 ? body : [inline]
  return parts
    .map(({ children }) => inParagraphs(children, title))
    .join('')
    .trim()
}

const isInWords = (child: XmlNode | string) =>
  typeof child === 'string' || inWords.has(child.name.toLowerCase())

/** Words that stand in no element are a paragraph. */
function inParagraphs(children: XmlNode['children'], title: string): string {
  let html = ''
  let words = ''
  for (const child of [...children, '']) {
    if (isInWords(child) && child !== '') words += htmlOf(child, title)
    else {
      html += words.trim() === '' ? words : `<p>${words}</p>`
      words = ''
      if (child !== '') html += htmlOf(child, title)
    }
  }
  return html
}

/** Elements become tags, to be cleaned. The head of a text that has its title goes, or else what says it once more. */
function htmlOf(node: XmlNode | string, title: string): string {
  if (typeof node === 'string') return escapeText(node)
  const name = node.name.toLowerCase()
  if (name === 'head' || isTitle(node, name, title)) return ''
  const stated = Object.entries(node.attributes).filter(([key]) => !key.includes(':'))
  const written = stated.map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`).join('')
  if (name === 'p' && hasBlocks(node)) return inParagraphs(node.children, title)
  const html = node.children.map((child) => htmlOf(child, title)).join('')
  if (name === 'p' && html.trim() === '') return ''
  return voidElements.has(name) ? `<${name}${written}>` : `<${name}${written}>${html}</${name}>`
}

/** Some have headings in paragraphs. */
const hasBlocks = (node: XmlNode) =>
  elementsIn(node).some(({ name }) => /^(?:h[1-6]|p|ul|ol|table|blockquote)$/i.test(name))

function isTitle(node: XmlNode, name: string, title: string): boolean {
  if (/^(?:h[1-3]|p)$/.test(name)) return says(node, title)
  return name === 'header' && elementsIn(node).some((one) => isTitle(one, one.name, title))
}
