import type { DatabaseSync } from 'node:sqlite'
import { Archiver } from './archiver.ts'
import { factsOf, type Member } from './article-row.ts'
import type { ChannelKey } from './catalogue.ts'
import { allTermKinds, type Filed, isTermKind, termsOf, unlisted } from './channel-kinds.ts'
import { articleIsOut } from './is-out.ts'
import { type Known, knownOf } from './known-channel.ts'
import { Spellings } from './spellings.ts'
import { channelSum, checkChannel } from './sums.ts'
import { isFuture, nextTime } from './times.ts'

/** In which archive document of a channel an article was; by the channel's number. */
type Places = ReadonlyMap<number, number | null>

/**
 * Which articles are in which channels, and when each channel last changed. Written as part of a
 * refresh; what it holds in memory is as large as the number of channels.
 */
export class ChannelIndex {
  readonly #database: DatabaseSync
  readonly #archiver: Archiver
  readonly #spellings: Spellings
  readonly #known = new Map<string, Known>()
  /** Channels changed by this refresh, and the newest `updated` seen in each. */
  readonly #touched = new Map<Known, number>()
  /** Channels with another number of articles than before this refresh. */
  readonly #counted = new Set<Known>()
  readonly #statements

  /** @param feedItems how many articles a feed shows; those beyond go into its archive */
  constructor(database: DatabaseSync, feedItems: number) {
    this.#database = database
    this.#archiver = new Archiver(database, feedItems)
    this.#spellings = new Spellings(database)
    this.#statements = {
      add: database.prepare('INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?, ?)'),
      remove: database.prepare(
        `DELETE FROM member WHERE channel = ? AND published = ? AND start = ? AND article = ?
         RETURNING archive`,
      ),
      create: database.prepare('INSERT INTO channel (kind, slug) VALUES (?, ?)'),
      put: database.prepare(
        `UPDATE channel SET changed = ?, archives = ?, archived = ?, name = ?, articles = ?, version = ?, sum = ?
         WHERE number = ?`,
      ),
      newest: database.prepare(
        `SELECT a.facts FROM member m JOIN article a ON a.number = m.article
         WHERE m.channel = ? AND ${articleIsOut(':now')}
         ORDER BY m.published DESC, m.start, m.article LIMIT 1`,
      ),
    }
    this.reload()
  }

  /** Forgets what an abandoned refresh did. */
  reload(): void {
    this.#known.clear()
    this.#touched.clear()
    this.#counted.clear()
    this.#archiver.reset()
    for (const row of this.#database.prepare('SELECT * FROM channel').iterate()) {
      const channel = knownOf(row)
      checkChannel(row, channel)
      this.#known.set(nameOf(channel.key), channel)
    }
    this.#spellings.reload(this.#known.values())
  }

  /**
   * Puts an article into its channels.
   * @param places where it was; archive documents keep the articles they have. 'first' in the first refresh,
   *   where `finish` sorts all articles in
   */
  add({ number, id, published, content }: Member, places?: Places | 'first'): void {
    if (content.isUnlisted) this.#statements.add.run(unlisted, published, startOf(id), number, null)
    for (const { key, name } of channelsOf(content)) {
      const channel = this.#channel(key)
      this.#spellings.add(channel, name)
      if (places === 'first') this.#archiver.stage(channel, published, startOf(id), number)
      else {
        const archive = places?.get(channel.number) ?? null
        this.#statements.add.run(channel.number, published, startOf(id), number, archive)
      }
      this.#count(channel, 1)
    }
  }

  /** Takes an article out of its channels. @param isFirst in the first refresh, where it is not sorted in yet */
  remove({ number, id, published, content }: Member, isFirst: boolean): Places {
    const places = new Map<number, number | null>()
    if (isFirst) this.#archiver.unstage(number)
    if (content.isUnlisted) this.#statements.remove.get(unlisted, published, startOf(id), number)
    for (const { key, name } of channelsOf(content)) {
      const channel = this.#channel(key)
      const row = this.#statements.remove.get(channel.number, published, startOf(id), number)
      if (!row && !isFirst) continue
      this.#spellings.remove(channel, name)
      if (row) places.set(channel.number, row.archive === null ? null : Number(row.archive))
      this.#count(channel, -1)
    }
    return places
  }

  /** Notes that readers of the article's channels see something else from now on. */
  touch({ content, updated }: Member): void {
    for (const { key } of channelsOf(content)) {
      const channel = this.#channel(key)
      this.#touched.set(channel, Math.max(updated, this.#touched.get(channel) ?? 0))
    }
  }

  /** The site is a channel before it has an article: then it is as old as our knowing so. */
  beginSite(now: number): void {
    const site = this.#channel({ kind: 'site', slug: '' })
    if (site.changed === null && !this.#touched.has(site)) {
      this.#touched.set(site, nextTime(0, now, now))
    }
  }

  /**
   * Writes the times of change, and puts into archives what the newest have pushed out. A channel's
   * first time is that of its newest article, so that a catalogue made anew from the same files
   * says the same; later ones are the clock's.
   * @param version the highest of an article by now
   * @param isFirst whether this is the refresh that filled the catalogue
   * @param isSeen whether channels may have been seen before, as those of an empty folder
   * @returns the channels that changed
   */
  finish(now: number, version: number, isFirst: boolean, isSeen = true): ChannelKey[] {
    if (!isSeen) return this.#finishFirst(now, version)
    if (isFirst) this.#archiver.archiveStaged([...this.#known.values()], now)
    else for (const channel of this.#touched.keys()) this.#archiver.archive(channel, now)
    for (const channel of this.#known.values()) {
      if (isFuture(channel.changed ?? 0, now)) this.#touched.set(channel, now)
    }
    for (const channel of this.#spellings.settle()) {
      if (channel.changed !== null) this.#touched.set(channel, now)
    }
    for (const [channel, updated] of this.#touched) {
      channel.changed = channel.changed === null ? updated : nextTime(channel.changed, now, now)
      channel.version = version
    }
    for (const channel of new Set([...this.#touched.keys(), ...this.#counted])) this.#put(channel)
    this.#counted.clear()
    const changed = [...this.#touched.keys()].map((channel) => channel.key)
    this.#touched.clear()
    return changed
  }

  /** Writes what is known so far in a first refresh. Nobody has seen a channel yet: it is as old as its newest article. */
  keepPortion(): void {
    for (const [channel, updated] of this.#touched) {
      channel.changed = Math.max(updated, channel.changed ?? 0)
      this.#counted.add(channel)
    }
    for (const channel of this.#counted) this.#put(channel)
    this.#spellings.keepCounts()
    this.#touched.clear()
    this.#counted.clear()
  }

  #finishFirst(now: number, version: number): ChannelKey[] {
    this.keepPortion()
    const all = [...this.#known.values()]
    this.#archiver.archiveStaged(all, now)
    this.#spellings.settleAll()
    for (const channel of all) {
      channel.version = version
      this.#put(channel)
    }
    return all.filter(({ changed }) => changed !== null).map(({ key }) => key)
  }

  /** Whether feeds have another size than when articles were last archived. */
  get isResized(): boolean {
    return this.#archiver.isResized
  }

  /** Brings the archives of all channels into line with the size of feeds, if that is another one. */
  resizeArchives(now: number): void {
    if (!this.isResized) return
    this.#archiver.resize(this.#known.values(), now)
    for (const channel of this.#known.values()) this.#put(channel)
  }

  /** Looks up names that an older Newsstand did not keep. */
  fillNames(now: number): void {
    for (const channel of this.#known.values()) {
      if (channel.name !== '' || channel.key.kind === 'site') continue
      channel.name = this.#spellings.nameOf(channel) || this.#newestName(channel, now)
      this.#put(channel)
    }
  }

  /** Documents look different from now on: readers who only know the date must learn it. */
  touchAll(now: number): void {
    for (const channel of this.#known.values()) {
      if (channel.changed === null) continue
      // An older Newsstand named it as its newest article does.
      channel.name = this.#spellings.nameOf(channel)
      this.#touched.set(channel, now)
    }
  }

  #put(channel: Known): void {
    const { number, changed, archives, archived, name, articles, version } = channel
    const sum = channelSum(channel)
    this.#statements.put.run(changed, archives, archived, name, articles, version, sum, number)
  }

  #newestName({ key, number }: Known, now: number): string {
    if (!isTermKind(key.kind)) return ''
    const row = this.#statements.newest.get({ now }, number)
    const terms = row ? termsOf(key.kind, factsOf(row.facts)) : []
    return terms.find(({ slug }) => slug === key.slug)?.name ?? key.slug
  }

  #count(channel: Known, more: 1 | -1): void {
    channel.articles += more
    this.#counted.add(channel)
  }

  #channel(key: ChannelKey): Known {
    const name = nameOf(key)
    const known = this.#known.get(name)
    if (known) return known
    const { lastInsertRowid } = this.#statements.create.run(key.kind, key.slug)
    const made = {
      number: Number(lastInsertRowid),
      key,
      changed: null,
      archives: 0,
      archived: 0,
      name: '',
      articles: 0,
      version: 0,
    }
    this.#known.set(name, made)
    return made
  }
}

const nameOf = ({ kind, slug }: ChannelKey) => `${kind}/${slug}`

/** By which articles of the same date are ordered. */
const startOf = (id: string) => id.slice(0, 8)

/** The channels of an article, and their names as it writes them; the site has none. */
function channelsOf(article: Filed): { readonly key: ChannelKey; readonly name: string }[] {
  if (article.isUnlisted) return []
  const channels: { key: ChannelKey; name: string }[] = [
    { key: { kind: 'site', slug: '' }, name: '' },
  ]
  for (const kind of allTermKinds) {
    for (const { slug, name } of termsOf(kind, article))
      channels.push({ key: { kind, slug }, name })
  }
  return channels
}
