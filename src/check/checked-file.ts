/** What `check` says of a file. */
import type { ArticleContent } from '../article.ts'
import type { Outcome } from '../intake/file-result.ts'
import type { Note } from '../intake/note.ts'
import type { Rejection } from '../intake/rejection.ts'
import { foreignHosts } from '../pages/foreign-media.ts'
import { copied } from '../text.ts'

type Kind = 'article' | 'draft' | 'rejected' | 'passed-over'

/** What was understood of an article; see docs/check.md. */
export interface Facts {
  readonly title: string
  /** RFC 3339 in UTC, as are the other dates. */
  readonly published: string
  readonly updated?: string
  readonly expires?: string
  readonly state: 'out' | 'not-out-yet' | 'expired'
  /** Whether it has a page, and is in no feed. */
  readonly isUnlisted?: true
  /** Where `published` comes from: the file itself, its path, or its time of modification. */
  readonly datedBy: 'file' | 'path' | 'modified'
  /** BCP 47. */
  readonly language: string
  readonly section?: string
  readonly tags: readonly string[]
  readonly authors: readonly string[]
  readonly sources: readonly string[]
}

export interface CheckedFile {
  readonly path: string
  readonly kind: Kind
  readonly rejections: readonly Rejection[]
  readonly notes: readonly Note[]
  /** Whose pictures an article's page shows as links, where it has any of other hosts. */
  readonly foreignPictures?: readonly string[]
  /** Of articles; of many files only of those that are not out. */
  readonly article?: Facts
}

/** What came of checking. */
export interface Check {
  /** By path. */
  readonly files: readonly CheckedFile[]
  /** Whether what was understood of every article is told. */
  readonly hasFacts: boolean
}

export interface Counts {
  readonly files: number
  readonly articles: number
  readonly drafts: number
  readonly rejected: number
  readonly passedOver: number
  /** Why a file was passed over is none of them. */
  readonly notes: number
}

/** So many of one article are named. */
const mostHosts = 10

type Checked = Exclude<Outcome, { readonly kind: 'gone' }>

/**
 * @param now ms since 1970
 * @param hasFacts whether what was understood of an article is told in any case
 */
export function checkedFile(
  path: string,
  outcome: Checked,
  now: number,
  hasFacts: boolean,
): CheckedFile {
  const { kind } = outcome
  switch (kind) {
    case 'rejected':
      return { path, kind, rejections: outcome.rejections, notes: outcome.notes ?? [] }
    case 'passed-over':
      return { path, kind, rejections: [], notes: [outcome.note] }
    case 'draft':
      return { path, kind, rejections: [], notes: outcome.notes }
    case 'article': {
      const { content, datedBy, notes } = outcome
      const hosts = foreignHosts(content)
      const linked = hosts.length > 0 && { foreignPictures: hosts.slice(0, mostHosts).map(copied) }
      const file = { path, kind, rejections: [], notes, ...linked }
      const state = stateAt(now, content)
      if (!hasFacts && state === 'out' && !content.isUnlisted) return file
      return { ...file, article: factsOf(content, state, datedBy) }
    }
  }
}

function factsOf(
  content: ArticleContent,
  state: Facts['state'],
  datedBy: Facts['datedBy'] = 'file',
): Facts {
  const { title, published, updated, expires, isUnlisted, language, section } = content
  const { tags, authors, sources } = content
  const facts = {
    title,
    published,
    ...(updated && { updated }),
    ...(expires && { expires }),
    state,
    ...(isUnlisted && { isUnlisted }),
    datedBy,
    language,
    ...(section && { section: section.name }),
    tags: tags.map(({ name }) => name),
    authors: authors.map(({ name }) => name),
    sources,
  }
  // Names that were cut out of the text would keep all of it in memory.
  return JSON.parse(JSON.stringify(facts))
}

function stateAt(now: number, { published, expires }: ArticleContent): Facts['state'] {
  if (expires && Date.parse(expires) <= now) return 'expired'
  return Date.parse(published) > now ? 'not-out-yet' : 'out'
}

export function countsOf(files: readonly CheckedFile[]): Counts {
  const count = (kind: Kind) => files.filter((file) => file.kind === kind).length
  const noted = files.filter(({ kind }) => kind !== 'passed-over')
  return {
    files: files.length,
    articles: count('article'),
    drafts: count('draft'),
    rejected: count('rejected'),
    passedOver: count('passed-over'),
    notes: noted.reduce((sum, { notes }) => sum + notes.length, 0),
  }
}
