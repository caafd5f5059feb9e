/** The kinds of channel that articles put themselves into. A new one is an entry here. */
import type { ArticleContent, Term } from '../article.ts'

/** What of an article says which channels it is in. */
export type Filed = Pick<ArticleContent, 'section' | 'tags' | 'authors' | 'isUnlisted'>

interface KindOfTerm {
  /** Of its channels' addresses. */
  readonly folder: string
  readonly terms: (article: Filed) => readonly Term[]
}

/** In the order in which they are listed. */
export const termKinds = {
  section: {
    folder: 'sections',
    terms: ({ section }) => (section ? [section] : []),
  },
  tag: {
    folder: 'tags',
    terms: ({ tags }) => tags,
  },
  author: {
    folder: 'authors',
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
