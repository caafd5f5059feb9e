/** What is known of a text while its tags are replaced, and of each of them. */
import type { Search } from '../lines/text-search.ts'
import type { Rewriting } from '../source/rewriting.ts'
import type { LiquidNotes } from './liquid-notes.ts'
import type { Ends } from './shortcode-ends.ts'
import type { Parameters } from './shortcode-parameters.ts'
import type { Inline } from './tag-kind.ts'
import type { Scope } from './template-values.ts'

/** What is known while the tags of a text are replaced, from its beginning to its end. */
export interface Expansion {
  readonly text: string
  readonly search: Search
  readonly rewriting: Rewriting
  readonly inline: Inline
  /** Of the article. */
  readonly title: string | undefined
  readonly scope: Scope
  /** Whether whatever looks like a value is one, and nothing of it is the author's text. */
  readonly hasLiquidValues: boolean
  readonly footnotes: LiquidNotes
  /** Names of elements of HTML and of components that end anywhere in the text, in small letters. */
  readonly closed: ReadonlySet<string>
  readonly ends: Ends
  /** What stands below the text of a tag, by where its end begins. HTML. */
  readonly below: Map<number, string>
  /** What the site's own file of a tag becomes; undefined where it has none that can be read. */
  putPart(tag: string, parameters: Parameters): string | undefined
  /** Takes the name of what is not known for a note. */
  tell(name: string, at: number): void
}

/** A tag as it stands in the text. */
export interface Tag {
  /** In small letters. */
  readonly name: string
  readonly parameters: Parameters
  /** These, as they are written. */
  readonly rest: string
  readonly start: number
  readonly end: number
  /** What may end it, if it has a text. */
  readonly closings: readonly string[]
}

/** Longer lines, values and texts of tags are text. */
export const longestTag = 2000
/** What is included may be given whole paragraphs. */
const longestCall = 20_000

/** Where a tag ends, or -1. */
export function endOf({ search }: Expansion, at: number, mark: string): number {
  const found = search.next(mark, at)
  const longest = mark === '}}' ? longestTag : longestCall
  return found === -1 || found - at > longest ? -1 : found + mark.length
}
