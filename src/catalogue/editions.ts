/**
 * Which files hold versions of which stories of agencies, and whose article each story is. Written as part of a
 * refresh. Of the versions of a story the highest is its article, of equal ones the one made last, then the last by path.
 *
 * Another table would not fit the first page of the catalogue. A file with a version is a row of the table waiting: it
 * waits until no higher one is there. Its path begins with a slash there, as no other does, and the text in place of a
 * guid is one by which versions are in order. What is known of a story are rows of the table guid, behind signs that no
 * guid has.
 */
import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { Edition } from '../article.ts'
import { DamageError } from './damage.ts'
import { checkGuid, guidSum } from './guids.ts'

type Row = Record<string, unknown>

/** A file that holds a version of a story. */
export interface Held extends Edition {
  readonly path: string
  /** Its agency has canceled or withholds the story by it. */
  readonly isWithdrawn: boolean
}

/** Parts what is known of a version; sorts before all that paths and stories have. */
const mark = '\u0001'
/** Begin what is known of a story: the number of its article, and its first date in ms since 1970. */
const ofArticle = '\u0001'
const ofDate = '\u0002'

const digits = { version: 15, made: 16 }

export const selectEditions = "SELECT * FROM waiting WHERE path >= '/' AND path < '0'"

const padded = (value: number, length: number) =>
  String(Math.max(0, Math.trunc(value))).padStart(length, '0')

function textOf({ story, version, made, path, isWithdrawn }: Held): string {
  const order = `${padded(version, digits.version)} ${padded(made, digits.made)}`
  const text = [story, order, path, Number(isWithdrawn)].join(mark)
  return `${text}${mark}${crc32(text)}`
}

/** @throws DamageError when a row of the table waiting that has a version is another than was written */
export function heldIn({ guid }: Row): Held {
  const text = String(guid)
  const [story = '', order = '', ...rest] = text.split(mark)
  const [withdrawn, sum] = rest.splice(-2)
  if (Number(sum) !== crc32(text.slice(0, text.lastIndexOf(mark)))) {
    throw new DamageError('a version of a story is damaged')
  }
  const [version, made] = order.split(' ').map(Number)
  return {
    story,
    version: version ?? 0,
    made: made ?? 0,
    path: rest.join(mark),
    isWithdrawn: withdrawn === '1',
  }
}

/** What is known of a story, whatever becomes of its files. */
interface Story {
  /** Number of its article; undefined where it has had none. */
  readonly article: number | undefined
  /** The first date of publication that a version of it has stated, in ms since 1970; undefined where none has. */
  readonly published: number | undefined
}

export class Editions {
  readonly #statements
  /** Stories whose files are others than before this refresh. */
  readonly #touched = new Set<string>()
  /** Most sites have none, and need not look for them. */
  #isEmpty: boolean

  constructor(database: DatabaseSync) {
    const all = 'SELECT * FROM waiting WHERE guid > ? AND guid < ? ORDER BY guid DESC'
    this.#statements = {
      byPath: database.prepare('SELECT * FROM waiting WHERE path = ?'),
      best: database.prepare(`${all} LIMIT 1`),
      all: database.prepare(all),
      put: database.prepare('INSERT OR REPLACE INTO waiting VALUES (?, ?)'),
      delete: database.prepare('DELETE FROM waiting WHERE path = ?'),
      known: database.prepare('SELECT * FROM guid WHERE guid = ?'),
      putKnown: database.prepare('INSERT OR REPLACE INTO guid VALUES (?, ?, ?)'),
    }
    this.#isEmpty = database.prepare(`${selectEditions} LIMIT 1`).get() === undefined
  }

  /** Notes what a file holds. @param published of its article, in ms since 1970; undefined where the story is withdrawn */
  put(path: string, edition: Edition, published?: number): void {
    this.forget(path)
    const { story } = edition
    const isWithdrawn = published === undefined
    this.#statements.put.run(`/${path}`, textOf({ ...edition, path, isWithdrawn }))
    this.#isEmpty = false
    this.#touched.add(story)
    const first = this.story(story).published
    if (published !== undefined && (first === undefined || published < first)) {
      this.#putKnown(ofDate + story, published)
    }
  }

  /** Of a file that holds none any more. */
  forget(path: string): void {
    const held = this.at(path)
    if (!held) return
    this.#statements.delete.run(`/${path}`)
    this.#touched.add(held.story)
  }

  at(path: string): Held | undefined {
    const row = this.#isEmpty ? undefined : this.#statements.byPath.get(`/${path}`)
    return row && heldIn(row)
  }

  /** The file of the version that counts. */
  best(story: string): Held | undefined {
    const row = this.#statements.best.get(...range(story))
    return row && heldIn(row)
  }

  /** All of its files, the one that counts first. */
  all(story: string): Held[] {
    return this.#statements.all.all(...range(story)).map(heldIn)
  }

  story(story: string): Story {
    return { article: this.#known(ofArticle + story), published: this.#known(ofDate + story) }
  }

  putArticle(story: string, article: number): void {
    if (this.#known(ofArticle + story) !== article) this.#putKnown(ofArticle + story, article)
  }

  #known(key: string): number | undefined {
    const row = this.#statements.known.get(key)
    if (row) checkGuid(row)
    return row && Number(row.article)
  }

  #putKnown(key: string, value: number): void {
    this.#statements.putKnown.run(key, value, guidSum(key, value))
  }

  /** The stories whose files are others than before, each once. */
  takeTouched(): string[] {
    const touched = [...this.#touched]
    this.#touched.clear()
    return touched
  }

  /** Forgets what an abandoned refresh did. */
  reset(): void {
    this.#touched.clear()
  }
}

/** Between which the texts of a story's versions are. */
const range = (story: string): [string, string] => [
  story + mark,
  story + String.fromCharCode(mark.charCodeAt(0) + 1),
]
