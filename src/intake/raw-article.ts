/**
 * What a format reader understood of one file, before dates, attribution, tags
 * and HTML are made the same for every format by normalise.ts.
 */
import type { Edition } from '../article.ts'
import type { Note } from './note.ts'
import type { OwnAddress } from './own-address.ts'
import type { Rejection } from './rejection.ts'

/** One block of plain text; normalise.ts escapes it, so it is safe by construction. */
export interface TextBlock {
  readonly kind: 'paragraph' | 'heading' | 'quote'
  /** A paragraph has its line breaks as `\n`. */
  readonly text: string
}

/** What is not known may be left out, or undefined. */
export interface RawImage {
  /** As written in the file: absolute, or relative to the file. */
  readonly url?: string | undefined
  readonly alt?: string | undefined
  readonly caption?: string | undefined
  readonly credit?: string | undefined
}

/** One of several versions of a story, each of which may have a file of its own. */
export interface RawEdition {
  /** By which all versions of it are known. */
  readonly story: string
  /** Where none is stated, 1; a withdrawal then counts by when it was made. */
  readonly version?: Pick<Edition, 'version' | 'digits'> | undefined
  /** When this version was made, in the shapes that dates have here. */
  readonly made?: string | undefined
  /** `published` is the date of this version alone. */
  readonly isDatedAnew?: boolean | undefined
}

export interface RawArticle {
  /** Undefined where the file states none: then its name is. */
  readonly title: string | undefined
  readonly summary?: string | undefined
  /** Plain text blocks, or HTML that nobody has checked yet. */
  readonly body: readonly TextBlock[] | { readonly html: string }
  /**
   * `YYYY-MM-DD` (midnight in TIME_ZONE), `YYYY-MM-DDTHH:MM[:SS]` (in TIME_ZONE),
   * or RFC 3339 with an offset. The same for `updated` and `expires`. Undefined where the file states none: then
   * its name tells, or its folders, or its time of modification.
   */
  readonly published: string | undefined
  readonly updated?: string | undefined
  readonly expires?: string | undefined
  readonly language?: string | undefined
  readonly section?: string | undefined
  readonly tags: readonly string[]
  readonly authors: readonly string[]
  /** As the file itself has them, where another file may say whom it means by them. */
  readonly statedAuthors?: readonly string[] | undefined
  /** Whether that other file cannot be read, so that `authors` may be keys. */
  readonly areAuthorsUnknown?: boolean | undefined
  readonly image?: RawImage | undefined
  /** As written in the file. */
  readonly audio?: string | undefined
  readonly sources: readonly string[]
  readonly publisher?: { readonly name: string; readonly url?: string | undefined } | undefined
  readonly canonicalUrl?: string | undefined
  /** Minutes. */
  readonly readingTime?: number | undefined
  /**
   * Text of a page as a crawler leaves it: capitals of its names are the layout's and not their writer's, and
   * nobody gave us the addresses in its bylines to publish.
   */
  readonly isPageText?: boolean | undefined
  /** Without text of its own: the theme of a site fills its page, or it only leads to another one. */
  readonly isFilled?: boolean
  /** A draft is read and checked, and never published. */
  readonly draft?: boolean | undefined
  /** Has a page, and is in no feed. */
  readonly isUnlisted?: boolean | undefined
  /** The last part of its page's address, as it was written. */
  readonly slug?: string | undefined
  /** Former addresses of its page: paths, or whole addresses. */
  readonly aliases?: readonly string[] | undefined
  /** Where its page is on the site that made it, as it was written: a path from the root. */
  readonly permalink?: string | undefined
  /** What feeds have identified it by so far. */
  readonly guid?: string | undefined
  /** Which version of an agency's story it is. */
  readonly edition?: RawEdition | undefined
  /** Its agency has canceled or withholds it: it is never published, and nothing else of it need be known. */
  readonly isCanceled?: boolean | undefined
  /** Where what lies within the file itself is served, by the addresses that its text has for it. */
  readonly ownMedia?: ReadonlyMap<string, string> | undefined
  /** That of the site it is part of, where the configuration of that says it. */
  readonly ownAddress?: OwnAddress | undefined
  /** What it states as its date is none, which is among its faults. */
  readonly isMisdated?: boolean | undefined
  /** What is wrong with what it states, told together with what is wrong with the rest of it. */
  readonly faults?: readonly Rejection[] | undefined
  readonly notes?: readonly Note[] | undefined
}
