import type { DatabaseSync } from 'node:sqlite'
import type { ArticleContent } from '../article.ts'
import type { ChannelKey, ChannelKind } from './catalogue.ts'

interface Known {
  readonly number: number
  readonly key: ChannelKey
  /** null while no article of it was ever out. */
  changed: number | null
}

/** An article's place in its channels. */
export interface Member {
  /** Of the row in the table article. */
  readonly number: number
  readonly published: number
  readonly updated: number
  readonly content: Pick<ArticleContent, 'section' | 'tags' | 'authors'>
}

/**
 * Which articles are in which channels, and when each channel last changed. Written as part of a
 * refresh; what it holds in memory is as large as the number of channels.
 */
export class ChannelIndex {
  readonly #database: DatabaseSync
  readonly #known = new Map<string, Known>()
  /** Channels changed by this refresh, and the newest `updated` seen in each. */
  readonly #touched = new Map<Known, number>()
  readonly #statements

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#statements = {
      add: database.prepare('INSERT OR REPLACE INTO channel_article VALUES (?, ?, ?)'),
      remove: database.prepare(
        'DELETE FROM channel_article WHERE channel = ? AND published = ? AND article = ?',
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
      })
    }
  }

  /** Puts an article into its channels. */
  add({ number, published, content }: Member): void {
    for (const key of channelsOf(content)) {
      this.#statements.add.run(this.#channel(key).number, published, number)
    }
  }

  /** Takes an article out of its channels. */
  remove({ number, published, content }: Member): void {
    for (const key of channelsOf(content)) {
      this.#statements.remove.run(this.#channel(key).number, published, number)
    }
  }

  /** Notes that readers of the article's channels see something else from now on. */
  touch({ content, updated }: Member): void {
    for (const key of channelsOf(content)) {
      const channel = this.#channel(key)
      this.#touched.set(channel, Math.max(updated, this.#touched.get(channel) ?? 0))
    }
  }

  /**
   * Writes the times of change. A channel's first time is that of its newest article, so
   * that a catalogue made anew from the same files says the same; later ones are the clock's, and
   * never go back.
   * @returns the channels that changed
   */
  finish(now: number): ChannelKey[] {
    for (const [channel, updated] of this.#touched) {
      channel.changed = channel.changed === null ? updated : Math.max(channel.changed + 1000, now)
      this.#statements.change.run(channel.changed, channel.number)
    }
    const changed = [...this.#touched.keys()].map((channel) => channel.key)
    this.#touched.clear()
    return changed
  }

  #channel(key: ChannelKey): Known {
    const name = nameOf(key)
    const known = this.#known.get(name)
    if (known) return known
    const { lastInsertRowid } = this.#statements.create.run(key.kind, key.slug)
    const made = { number: Number(lastInsertRowid), key, changed: null }
    this.#known.set(name, made)
    return made
  }
}

const nameOf = ({ kind, slug }: ChannelKey) => `${kind}/${slug}`

function channelsOf({ section, tags, authors }: Member['content']): ChannelKey[] {
  return [
    { kind: 'site', slug: '' },
    ...(section ? [{ kind: 'section', slug: section.slug } as const] : []),
    ...tags.map(({ slug }) => ({ kind: 'tag', slug }) as const),
    ...authors.map(({ slug }) => ({ kind: 'author', slug }) as const),
  ]
}
