/** Names and codes in NewsML-G2: only what the file says itself, as no catalogue of codes is fetched. */
import { cleanLine } from '../../../text.ts'
import { find, textOf, type XmlNode } from '../../xml-tree.ts'

export interface Named {
  /** BCP 47, of the item. */
  readonly language: string | undefined
  /** What the item says of concepts in one place, by their codes or URIs. */
  readonly asserted: ReadonlyMap<string | undefined, XmlNode>
}

/** The code of `stat:usable`, or of a URI that ends in it; empty where there is none. */
export function codeIn(node: XmlNode | undefined): string {
  const { qcode, uri } = node?.attributes ?? {}
  return cleanLine(qcode ?? uri ?? '').replace(/^.*[:/#]/s, '')
}

/** Whether what an attribute names is one of these, by the code in it. */
export const isOf = ({ attributes }: XmlNode, name: string, one: RegExp) =>
  one.test((attributes[name] ?? attributes[`${name}uri`] ?? '').replace(/^.*[:/#]/s, ''))

const identityOf = ({ attributes }: XmlNode) => attributes.qcode ?? attributes.uri

/** How names are found in an item. */
export const namedIn = (item: XmlNode, language: string | undefined): Named => ({
  language,
  asserted: new Map(
    find(item, 'assert')
      .map((one) => [identityOf(one), one] as const)
      .filter(([code]) => code !== undefined),
  ),
})

/** The one in a language, else in none, else the first. */
export function inLanguage(
  nodes: readonly XmlNode[],
  language: string | undefined,
): XmlNode | undefined {
  const tagOf = ({ attributes }: XmlNode) => attributes['xml:lang']?.split('-')[0]
  return (
    nodes.find((node) => language && tagOf(node) === language.split('-')[0]) ??
    nodes.find((node) => tagOf(node) === undefined) ??
    nodes[0]
  )
}

/** Some repeat a short code as its name. */
const isMereCode = (name: string, concept: XmlNode) =>
  /^\p{Ll}{1,3}$/u.test(name) && name === codeIn(concept)

/** A mnemonic is for keyboards. */
const isForReaders = (name: XmlNode) => !isOf(name, 'role', /^mnemonic$/i)

/** The names of concepts, without those of which only a code is known. */
export function namesOf(concepts: readonly XmlNode[], { language, asserted }: Named): string[] {
  return concepts
    .map((concept) => {
      const said = asserted.get(identityOf(concept))
      const own = find(concept, 'name')
      const names = own.length > 0 || !said ? own : find(said, 'name')
      const name = inLanguage(names.filter(isForReaders), language)
      return name && !isMereCode(textOf(name), concept) ? textOf(name) : ''
    })
    .filter((name) => name !== '')
}
