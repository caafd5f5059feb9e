import type { ArticleContent, Edition } from '../article.ts'
import type { Note } from './note.ts'
import type { Rejection } from './rejection.ts'

/** A file as it lay in the folder when it was looked at. */
export interface FileState {
  /** Relative to the articles folder, with `/` on every system. */
  readonly path: string
  /** Changes whenever the file does: size and times. */
  readonly signature: string
  /** Time of last modification, ms since 1970. */
  readonly modified: number
  /** Bytes. */
  readonly size: number
}

/**
 * What became of one file of a pass; `unsettled` where it was changed or is gone since it was found, and
 * has to be looked at again.
 */
export type FileResult = FileState & {
  /** What else was looked at, by `withNeeds`. */
  readonly needs?: string
} & (Exclude<Outcome, Gone> | { readonly kind: 'unsettled' })

interface Gone {
  readonly kind: 'gone'
}

export type Outcome =
  | {
      readonly kind: 'article'
      readonly content: ArticleContent
      /** Of what readers see: a new hash is a new version. Names of tags and sections are not in it. */
      readonly hash: string
      /** The title as part of an address. */
      readonly titleSlug: string
      /** Where its date comes from if the file states none. */
      readonly datedBy?: 'path' | 'modified'
      readonly notes: readonly Note[]
    }
  | {
      readonly kind: 'draft'
      readonly notes: readonly Note[]
      /** The story that its agency has canceled or withholds, and by which version: no lower one may be shown. */
      readonly withdrawn?: Edition
    }
  | {
      readonly kind: 'rejected'
      /** All that is wrong with it. */
      readonly rejections: readonly [Rejection, ...Rejection[]]
      /** What else was found in it, for whoever mends it; the catalogue keeps none of it. */
      readonly notes?: readonly Note[]
      /** Whether the reason is outside the file, which may be read as it is another time. */
      readonly isPassing?: boolean
    }
  /** It is not meant to be an article, as a README is not. */
  | {
      readonly kind: 'passed-over'
      readonly note: Note
      /** Whether nobody need be told of it: there are many such files. */
      readonly isUsual?: boolean
    }
  /** It was deleted before it could be read. */
  | Gone
