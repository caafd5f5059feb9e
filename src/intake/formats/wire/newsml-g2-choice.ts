/** Which of the items of a file of NewsML-G2 is the text. */
import { RejectionError } from '../../rejection.ts'
import { elementsIn, find, type XmlNode } from '../../xml-tree.ts'
import { codeIn } from './newsml-g2-names.ts'
import { refusedKind, severalItems } from './wire-state.ts'

const classOf = (item: XmlNode) => codeIn(find(item, 'itemMeta/itemClass')[0])

/** What does not say its kind, and only names a file elsewhere, is a picture or the like. */
function isText(item: XmlNode): boolean {
  const kind = classOf(item)
  const sets = find(item, 'contentSet')
  const [part, ...parts] = sets.flatMap(elementsIn)
  const isElsewhere = [part, ...parts].every((one) => one?.name === 'remoteContent')
  return kind === 'text' || (/^(?:composite|)$/.test(kind) && sets.length > 0 && !isElsewhere)
}

/** Items of other kinds, as they are named. */
const otherItems: ReadonlyMap<string, string> = new Map([
  ['packageItem', 'a package, which only names other items'],
  ['conceptItem', 'a concept, and no story'],
  ['knowledgeItem', 'a list of concepts, and no story'],
  ['planningItem', 'a plan, and no story'],
  ['catalogItem', 'a catalogue of codes, and no story'],
])

/** The text among pictures. @throws RejectionError when there is none, or several */
export function onlyText(items: readonly XmlNode[]): XmlNode {
  const news = items.filter(({ name }) => name === 'newsItem')
  const [item, ...others] = news.filter(isText)
  if (item && others.length === 0) return item
  if (item) throw severalItems(others.length + 1, 'newsItem')
  const [first] = news
  if (first) throw refusedKind(classOf(first))
  const kind = otherItems.get(items[0]?.name ?? '') ?? 'no news item'
  throw new RejectionError(
    `the item is ${kind}`,
    'Move it out of the articles folder: only texts become articles.',
  )
}
