import type { DatabaseSync } from 'node:sqlite'
import type { Known } from './known-channel.ts'
import { checkSpelling, spellingSum } from './sums.ts'

/**
 * How many articles of a channel write its name in which way. Nearly all channels have one name, which all of their
 * articles write: of these nothing is kept here.
 */
export class Spellings {
  readonly #statements
  readonly #counts = new Map<Known, Map<string, number>>()
  /** Names of which the count is another than is stored. */
  readonly #changed = new Map<Known, Set<string>>()

  constructor(database: DatabaseSync) {
    this.#statements = {
      all: database.prepare('SELECT * FROM spelling'),
      put: database.prepare('INSERT OR REPLACE INTO spelling VALUES (?, ?, ?, ?)'),
      remove: database.prepare('DELETE FROM spelling WHERE channel = ? AND name = ?'),
    }
  }

  /** Reads what is stored, in place of what was counted. @throws DamageError */
  reload(channels: Iterable<Known>): void {
    this.#counts.clear()
    this.#changed.clear()
    const byNumber = new Map(Array.from(channels, (channel) => [channel.number, channel]))
    for (const row of this.#statements.all.iterate()) {
      checkSpelling(row)
      const channel = byNumber.get(Number(row.channel))
      if (channel) this.#countsOf(channel).set(String(row.name), Number(row.articles))
    }
  }

  /** Counts an article that is about to be put into the channel. */
  add(channel: Known, name: string): void {
    if (!this.#counts.has(channel)) {
      if (channel.name === '') channel.name = name
      if (channel.name === name) return
      if (channel.articles > 0) this.#set(channel, channel.name, channel.articles)
    }
    this.#set(channel, name, (this.#counts.get(channel)?.get(name) ?? 0) + 1)
  }

  /** Counts an article that is about to leave the channel. */
  remove(channel: Known, name: string): void {
    const count = this.#counts.get(channel)?.get(name)
    if (count !== undefined) this.#set(channel, name, count - 1)
  }

  #set(channel: Known, name: string, count: number): void {
    this.#countsOf(channel).set(name, count)
    const changed = this.#changed.get(channel)
    if (changed) changed.add(name)
    else this.#changed.set(channel, new Set([name]))
  }

  #countsOf(channel: Known): Map<string, number> {
    const counts = this.#counts.get(channel) ?? new Map<string, number>()
    this.#counts.set(channel, counts)
    return counts
  }

  /**
   * The most frequent. Where others are as frequent the channel keeps the name that it has, as it does when it has
   * become empty.
   */
  nameOf(channel: Known): string {
    const counts = this.#counts.get(channel)
    let [best, most] = [channel.name, counts?.get(channel.name) ?? 0]
    for (const [name, count] of counts ?? []) {
      const comesFirst = best !== channel.name && name < best
      if (count > most || (count === most && comesFirst)) [best, most] = [name, count]
    }
    return best
  }

  /** Stores what was counted so far in a first refresh, at the end of which `settleAll` names channels. */
  keepCounts(): void {
    for (const [channel, names] of this.#changed) {
      for (const name of names) this.#put(channel, name, this.#counts.get(channel)?.get(name) ?? 0)
    }
    this.#changed.clear()
  }

  /** The same of all channels. */
  settleAll(): Known[] {
    for (const [channel, counts] of this.#counts) this.#changed.set(channel, new Set(counts.keys()))
    return this.settle()
  }

  /** Stores what has changed, and names channels by it. @returns those that have another name now */
  settle(): Known[] {
    const renamed: Known[] = []
    for (const [channel, names] of this.#changed) {
      const name = this.nameOf(channel)
      if (name !== channel.name) renamed.push(channel)
      channel.name = name
      this.#store(channel, names)
    }
    this.#changed.clear()
    return renamed
  }

  #put({ number }: Known, name: string, count: number): void {
    this.#statements.put.run(number, name, count, spellingSum(number, name, count))
  }

  #store(channel: Known, names: ReadonlySet<string>): void {
    const counts = this.#countsOf(channel)
    for (const name of names) if (counts.get(name) === 0) counts.delete(name)
    const areAlike = counts.size < 2
    for (const name of areAlike ? [...names, ...counts.keys()] : names) {
      const count = areAlike ? undefined : counts.get(name)
      if (count === undefined) this.#statements.remove.run(channel.number, name)
      else this.#put(channel, name, count)
    }
    if (areAlike) this.#counts.delete(channel)
  }
}
