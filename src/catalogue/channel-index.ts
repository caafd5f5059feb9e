import type { DatabaseSync } from 'node:sqlite'
import type { ArticleContent } from '../article.ts'
import { Archiver } from './archiver.ts'
import type { ChannelKey, ChannelKind } from './catalogue.ts'

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
}

/** An article's place in its channels. */
export interface Member {
  /** Of the row in the table article. */
  readonly number: number
  readonly id: string
  readonly published: number
  readonly updated: number
  readonly content: Pick<ArticleContent, 'section' | 'tags' | 'authors'>
}

/** In which archive document of a channel an article was; by the channel's number. */
type Places = ReadonlyMap<number, number | null>

/**
 * Which articles are in which channels, and when each channel last changed. Written as part of a
 * refresh; what it holds in memory is as large as the number of channels.
 */
export class ChannelIndex {
  readonly #database: DatabaseSync
  readonly #archiver: Archiver
  readonly #known = new Map<string, Known>()
  /** Channels changed by this refresh, and the newest `updated` seen in each. */
  readonly #touched = new Map<Known, number>()
  readonly #statements

  /** @param feedItems how many articles a feed shows; those beyond go into its archive */
  constructor(database: DatabaseSync, feedItems: number) {
    this.#database = database
    this.#archiver = new Archiver(database, feedItems)
    this.#statements = {
      add: database.prepare('INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?, ?)'),
      remove: database.prepare(
        `DELETE FROM member WHERE channel = ? AND published = ? AND start = ? AND article = ?
         RETURNING archive`,
      ),
      create: database.prepare('INSERT INTO channel (kind, slug) VALUES (?, ?)'),
      change: database.prepare('UPDATE channel SET changed = ? WHERE number = ?'),
    }
    this.reload()
  }

  /** Forgets what an abandoned refresh did. */
  reload(): void {
    this.#known.clear()
    this.#touched.clear()
    for (const row of this.#database.prepare('SELECT * FROM channel').iterate()) {
      const key = { kind: row.kind as ChannelKind, slug: String(row.slug) }
      this.#known.set(nameOf(key), {
        number: Number(row.number),
        key,
        changed: row.changed === null ? null : Number(row.changed),
        archives: Number(row.archives),
        archived: Number(row.archived),
      })
    }
  }

  /** Puts an article into its channels; in the first refresh, where `finish` sorts them all in. */
  addFirst({ number, id, published, content }: Member): void {
    for (const key of channelsOf(content)) {
      this.#archiver.stage(this.#channel(key), published, startOf(id), number)
    }
  }

  /**
   * Puts an article into its channels.
   * @param places where it was; archive documents keep the articles they have
   */
  add({ number, id, published, content }: Member, places?: Places): void {
    for (const key of channelsOf(content)) {
      const channel = this.#channel(key).number
      const archive = places?.get(channel) ?? null
      this.#statements.add.run(channel, published, startOf(id), number, archive)
    }
  }

  /** Takes an article out of its channels. */
  remove({ number, id, published, content }: Member): Places {
    const places = new Map<number, number | null>()
    for (const key of channelsOf(content)) {
      const channel = this.#channel(key).number
      const row = this.#statements.remove.get(channel, published, startOf(id), number)
      if (row) places.set(channel, row.archive === null ? null : Number(row.archive))
    }
    return places
  }

  /** Notes that readers of the article's channels see something else from now on. */
  touch({ content, updated }: Member): void {
    for (const key of channelsOf(content)) {
      const channel = this.#channel(key)
      this.#touched.set(channel, Math.max(updated, this.#touched.get(channel) ?? 0))
    }
  }

  /**
   * Writes the times of change, and puts into archives what the newest have pushed out. A channel's
   * first time is that of its newest article, so that a catalogue made anew from the same files
   * says the same; later ones are the clock's, and never go back.
   * @param isFirst whether this is the refresh that filled the catalogue
   * @returns the channels that changed
   */
  finish(now: number, isFirst: boolean): ChannelKey[] {
    for (const [channel, updated] of this.#touched) {
      channel.changed = channel.changed === null ? updated : Math.max(channel.changed + 1000, now)
      this.#statements.change.run(channel.changed, channel.number)
    }
    if (isFirst) this.#archiver.archiveStaged([...this.#known.values()], now)
    else this.#archiver.archive(this.#touched.keys(), now)
    const changed = [...this.#touched.keys()].map((channel) => channel.key)
    this.#touched.clear()
    return changed
  }

  /** Brings the archives of all channels into line with the size of feeds, if that is another one. */
  resizeArchives(now: number): void {
    this.#archiver.resize(this.#known.values(), now)
  }

  #channel(key: ChannelKey): Known {
    const name = nameOf(key)
    const known = this.#known.get(name)
    if (known) return known
    const { lastInsertRowid } = this.#statements.create.run(key.kind, key.slug)
    const made = { number: Number(lastInsertRowid), key, changed: null, archives: 0, archived: 0 }
    this.#known.set(name, made)
    return made
  }
}

const nameOf = ({ kind, slug }: ChannelKey) => `${kind}/${slug}`

/** By which articles of the same date are ordered. */
const startOf = (id: string) => id.slice(0, 8)

function channelsOf({ section, tags, authors }: Member['content']): ChannelKey[] {
  return [
    { kind: 'site', slug: '' },
    ...(section ? [{ kind: 'section', slug: section.slug } as const] : []),
    ...tags.map(({ slug }) => ({ kind: 'tag', slug }) as const),
    ...authors.map(({ slug }) => ({ kind: 'author', slug }) as const),
  ]
}
