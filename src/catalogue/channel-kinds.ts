/** The kinds of channel that articles put themselves into. A new one is an entry here. */
import type { ArticleContent, Term } from '../article.ts'

/** What of an article says which channels it is in. */
export type Filed = Pick<ArticleContent, 'section' | 'tags' | 'authors' | 'isUnlisted'>

interface KindOfTerm {
  /** Of its channels' addresses. */
  readonly folder: string
  /** As people call one of them, and all of them. */
  readonly one: string
  readonly many: string
  /** What the articles in the channel of this name are. */
  readonly trait: (name: string) => string
  readonly terms: (article: Filed) => readonly Term[]
}

/** In the order in which they are listed. */
export const termKinds = {
  section: {
    folder: 'sections',
    one: 'Section',
    many: 'Sections',
    trait: (name) => `in the section ${name}`,
    terms: ({ section }) => (section ? [section] : []),
  },
  tag: {
    folder: 'tags',
    one: 'Tag',
    many: 'Tags',
    trait: (name) => `about ${name}`,
    terms: ({ tags }) => tags,
  },
  author: {
    folder: 'authors',
    one: 'Author',
    many: 'Authors',
    trait: (name) => `by ${name}`,
    terms: ({ authors }) => authors,
  },
} as const satisfies Record<string, KindOfTerm>

export type TermKind = keyof typeof termKinds
export type ChannelKind = 'site' | TermKind | 'search'

export const allTermKinds = Object.keys(termKinds) as TermKind[]

/** An article's terms of this kind. */
export const termsOf = (kind: TermKind, article: Filed): readonly Term[] =>
  termKinds[kind].terms(article)

export const isTermKind = (kind: string): kind is TermKind => Object.hasOwn(termKinds, kind)

/**
 * In place of a channel's number: articles that are in no channel, since nobody may list them. They are noted like
 * the others, so that it is known when one comes out.
 */
export const unlisted = 0
