import type { ChannelKey } from './catalogue.ts'

/** A channel as the tables hold it. */
export interface Known {
  readonly number: number
  readonly key: ChannelKey
  /** null while no article of it was ever out. */
  changed: number | null
  /** The archive document begun last, counted from 1; 0 before the first. */
  archives: number
  /** How many articles were put into that one. */
  archived: number
  name: string
  /** How many articles are in it. */
  articles: number
}
