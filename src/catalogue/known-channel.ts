import type { ChannelKey } from './catalogue.ts'
import type { ChannelKind } from './channel-kinds.ts'

/** A channel as the tables hold it. */
export interface Known {
  readonly number: number
  readonly key: ChannelKey
  /** null while no article of it was ever out; of the site, until everything was read once. */
  changed: number | null
  /** The archive document begun last, counted from 1; 0 before the first. */
  archives: number
  /** How many articles were put into that one. */
  archived: number
  name: string
  /** How many articles are in it. */
  articles: number
  /** The highest of an article in the catalogue when it last changed. */
  version: number
}

/** A row of the table channel. */
export const knownOf = (row: Record<string, unknown>): Known => ({
  number: Number(row.number),
  key: { kind: row.kind as ChannelKind, slug: String(row.slug) },
  changed: row.changed === null ? null : Number(row.changed),
  archives: Number(row.archives),
  archived: Number(row.archived),
  name: String(row.name),
  articles: Number(row.articles),
  version: Number(row.version),
})
