/**
 * What a format reader understood of one file, before dates, attribution, tags
 * and HTML are made the same for every format by normalise.ts.
 */

/** One block of plain text; normalise.ts escapes it, so it is safe by construction. */
export interface TextBlock {
  readonly kind: 'paragraph' | 'heading' | 'quote'
  readonly text: string
}

export interface RawImage {
  /** As written in the file: absolute, or relative to the file. */
  readonly url?: string
  readonly alt?: string
  readonly caption?: string
  readonly credit?: string
}

export interface RawArticle {
  readonly title: string
  readonly summary?: string
  /** Plain text blocks, or HTML that nobody has checked yet. */
  readonly body: readonly TextBlock[] | { readonly html: string }
  /**
   * `YYYY-MM-DD` (midnight in TIME_ZONE), `YYYY-MM-DDTHH:MM[:SS]` (in TIME_ZONE),
   * or RFC 3339 with an offset. The same for `updated` and `expires`.
   */
  readonly published: string
  readonly updated?: string
  readonly expires?: string
  readonly language?: string
  readonly section?: string
  readonly tags: readonly string[]
  readonly authors: readonly string[]
  readonly image?: RawImage
  /** As written in the file. */
  readonly audio?: string
  readonly sources: readonly string[]
  readonly publisher?: { readonly name: string; readonly url?: string }
  readonly canonicalUrl?: string
  /** Minutes. */
  readonly readingTime?: number
  /**
   * Text of a page as a crawler leaves it: capitals of its names are the layout's and not their writer's, and
   * nobody gave us the addresses in its bylines to publish.
   */
  readonly isPageText?: boolean
  /** A draft is read and checked, and never published. */
  readonly draft?: boolean
}
