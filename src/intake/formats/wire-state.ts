/** What agencies state of the state of a story. */
import type { RawArticle } from '../raw-article.ts'

/** @param status by its name, as in `usable`; withheld is what nobody may show for now */
export const isWithdrawn = (status: string | undefined) =>
  /^(?:cancell?ed|withheld)$/i.test(status ?? '')

/** What is known of a story that nobody may show; its text may be missing, and is not looked at. */
export const withdrawn = (identity: Pick<RawArticle, 'guid' | 'version'>): RawArticle => ({
  ...identity,
  isCanceled: true,
  title: undefined,
  published: undefined,
  body: [],
  tags: [],
  authors: [],
  sources: [],
})

/** The number of a version; undefined where it is none. */
export const versionIn = (written: string): number | undefined =>
  /^\d{1,15}$/.test(written) ? Number(written) : undefined
