/**
 * The article: the value every stage passes on. Plain, readonly, no methods.
 * Names follow RFC 4287 and JSON Feed 1.1 where they have one for the thing.
 */

/** So long may an article's HTML be, in UTF-8: a book has half of it. Bytes. */
export const mostContentBytes = 2 * 1024 * 1024

/** A section, tag or author: the name as people read it, and its slug in URLs. */
export interface Term {
  readonly name: string
  readonly slug: string
}

export interface Author extends Term {
  /** Only where the file states it beside the name. */
  readonly email?: string
}

/**
 * The lead image. TRT World page text has a caption and a credit but no address,
 * so every member is optional.
 */
export interface Image {
  /** Absolute, or root-relative (`/media/…`) when we serve the file ourselves. */
  readonly url?: string
  readonly alt?: string
  readonly caption?: string
  readonly credit?: string
  /** `image/…`; only known for files we serve and addresses with a telling extension. */
  readonly type?: string
  /** Size in bytes; only known for files we serve. */
  readonly length?: number
  /** Pixels; only known for files we serve. */
  readonly width?: number
  readonly height?: number
}

/** A recording that belongs to the article (RSS `enclosure`, JSON Feed `attachments`). */
export interface Audio {
  readonly url: string
  /** `audio/…`, or `video/…` of a film. */
  readonly type: string
  readonly length?: number
}

/** Who published the article first; RSS `source`, Atom `source`. */
export interface Publisher {
  readonly name: string
  /** Missing where nobody knows it: ours would lead to somebody else. */
  readonly url?: string
}

/** The version of a withdrawal without one; below all others. */
export const unnumbered = -1

/** Which version of a story an agency's file is: of several files with the story's name the highest counts. */
export interface Edition {
  /** By which all versions of it are known. */
  readonly story: string
  /** `unnumbered` of a withdrawal that states none: it counts by when it was made. */
  readonly version: number
  /** Of a version with more digits than a number holds exactly; `version` then says how many, above all others. */
  readonly digits?: string
  /** When this version was made; ms since 1970, 0 where that is not stated. The later of equal versions counts. */
  readonly made: number
  /** Its date is that of this version: the story may have been published before. */
  readonly isDatedAnew?: boolean
}

/** What a file says, the same for every format. It has no identity yet: the catalogue gives it one. */
export interface ArticleContent {
  readonly title: string
  /** The dek: plain text. */
  readonly summary?: string
  /**
   * Safe HTML. Links to this site are root-relative, so that BASE_URL may change; those to files of articles say
   * which (`readFileLink`).
   */
  readonly content: string
  /** RFC 3339 in UTC, as is `updated` and `expires`. */
  readonly published: string
  /** Only when the file states it; else the catalogue finds out. */
  readonly updated?: string
  readonly expires?: string
  /** BCP 47. */
  readonly language: string
  readonly section?: Term
  /** Stated tags first, then topics found by rule. */
  readonly tags: readonly Term[]
  readonly authors: readonly Author[]
  /** As its file has them, where another file says whom it means. */
  readonly statedAuthors?: readonly string[]
  /** That other file cannot be read: the catalogue keeps the authors that it knows. */
  readonly areAuthorsUnknown?: boolean
  readonly image?: Image
  readonly audio?: Audio
  /** Agencies and desks named by the article, such as "TRT World", "agencies". */
  readonly sources: readonly string[]
  /** Only when the article names another publisher than the site's. */
  readonly publisher?: Publisher
  /** The article's address at its publisher. */
  readonly canonicalUrl?: string
  /** That address is of another article as well, which readers know by it: the catalogue finds that out. */
  readonly sharesOriginal?: boolean
  /** Minutes. */
  readonly readingTime?: number
  /** What feeds have identified it by so far, which they go on with; else its id. */
  readonly guid?: string
  /** The last part of its page's address, where the file states it. */
  readonly statedSlug?: string
  /** Its address on the site that it came from: a path that begins with a slash. */
  readonly permalink?: string
  /** Former addresses of its page: paths that begin with a slash, as `plainPath` gives them. */
  readonly aliases?: readonly string[]
  /** Has a page, and is in no feed. */
  readonly isUnlisted?: boolean
  /** Where other files may hold other versions of it. */
  readonly edition?: Edition
  /** `published` is the time of modification that the file had when it was first seen. */
  readonly isUndated?: boolean
}

/** An article as the catalogue knows it and as every feed shows it. */
export interface Article extends ArticleContent {
  /** `urn:uuid:…`; never changes. */
  readonly id: string
  /** Path segment of the article's page; changes only where its file states another. */
  readonly slug: string
  /** The first it had, where it has another now. */
  readonly firstSlug?: string
  readonly updated: string
  /** Slugs of the articles that its text links to, by the paths of their files; of those that are out. */
  readonly links?: ReadonlyMap<string, string>
}
