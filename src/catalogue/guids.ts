/** Whose the guids are that files state, and which files wait for one. Written as part of a refresh. */
import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { ArticleContent } from '../article.ts'
import type { Rejection } from '../intake/rejection.ts'
import { isIri } from '../uri.ts'
import { DamageError } from './damage.ts'

const ofId = /^urn:uuid:([0-9a-f-]{36})$/

const guidSum = (guid: string, article: number) => crc32(`${guid} ${article}`)

/** @throws DamageError when a row of the table guid is another than was written */
export function checkGuid({ guid, article, sum }: Record<string, unknown>): void {
  if (sum === guidSum(String(guid), Number(article))) return
  throw new DamageError('a guid is damaged')
}

/** The guid of an article whose file states none. */
export const guidOfId = (id: string) => `urn:uuid:${id}`

/** Whether an article has the guid of its id, be it in Atom alone. @param guid that its file states */
const isKnownById = (guid: unknown) => typeof guid !== 'string' || !isIri(guid)

/** The article that a guid is of. */
interface Holder {
  readonly number: number
  readonly path: string
}

type Stated = Pick<ArticleContent, 'guid'>

export class Guids {
  readonly #statements
  /** Those that an article had before this refresh and perhaps has no more. */
  readonly #released = new Set<string>()
  /** Whether files have stated any that are made of ids. */
  haveIds: boolean

  constructor(database: DatabaseSync) {
    this.#statements = {
      // Of an article that was removed, or states another by now, it is free.
      holder: database.prepare(
        `SELECT g.*, a.path FROM guid g JOIN article a ON a.number = g.article
         WHERE g.guid = ? AND a.path IS NOT NULL AND a.facts ->> 'guid' = g.guid`,
      ),
      byId: database.prepare(
        "SELECT number, path, facts ->> 'guid' AS guid FROM article WHERE id = ? AND path IS NOT NULL",
      ),
      put: database.prepare('INSERT OR REPLACE INTO guid VALUES (?, ?, ?)'),
      wait: database.prepare('INSERT OR REPLACE INTO waiting VALUES (?, ?)'),
      endWaiting: database.prepare('DELETE FROM waiting WHERE path = ?'),
      wanted: database.prepare('SELECT DISTINCT guid FROM waiting ORDER BY guid'),
      waiting: database.prepare('SELECT path FROM waiting WHERE guid = ? ORDER BY path'),
      readAgain: database.prepare("UPDATE file SET signature = '' WHERE path = ? RETURNING path"),
    }
    const ofIds = "SELECT 1 FROM guid WHERE guid BETWEEN 'urn:uuid:' AND 'urn:uuid:~' LIMIT 1"
    this.haveIds = database.prepare(ofIds).get() !== undefined
  }

  /** The article that has this guid: since it states it, or since it is made of its id. */
  holder(guid: string): Holder | undefined {
    const row = this.#statements.holder.get(guid)
    if (row) {
      checkGuid(row)
      return { number: Number(row.article), path: String(row.path) }
    }
    const id = ofId.exec(guid)?.[1]
    const own = id && this.#statements.byId.get(id)
    if (!own || !isKnownById(own.guid)) return undefined
    return { number: Number(own.number), path: String(own.path) }
  }

  /**
   * A guid that an article may not have, since it is another's.
   * @param own the article; undefined of a new one, whose id is free
   */
  conflict({ guid }: Stated, own: { readonly id: string; readonly number: number } | undefined) {
    const ofOwn = own && this.haveIds && isKnownById(guid) ? [guidOfId(own.id)] : []
    for (const wanted of guid === undefined ? ofOwn : [guid, ...ofOwn]) {
      const holder = this.holder(wanted)
      if (holder && holder.number !== own?.number) return { guid: wanted, path: holder.path }
    }
    return undefined
  }

  /** @param before as the article was; undefined of a new one */
  note(
    article: number,
    { guid }: Stated,
    before?: { readonly id: string; readonly content: Stated },
  ): void {
    if (before && before.content.guid !== guid) this.release(before)
    if (guid === undefined) return
    this.#statements.put.run(guid, article, guidSum(guid, article))
    if (ofId.test(guid)) this.haveIds = true
  }

  /** An article has its guid no more, or may lose it in this refresh. */
  release({ id, content: { guid } }: { readonly id: string; readonly content: Stated }): void {
    if (guid !== undefined) this.#released.add(guid)
    if (isKnownById(guid)) this.#released.add(guidOfId(id))
  }

  /** Forgets what an abandoned refresh did. */
  forget(): void {
    this.#released.clear()
  }

  /** A file is read again when this guid is free. */
  wait(path: string, guid: string): void {
    this.#statements.wait.run(path, guid)
  }

  endWaiting(path: string): void {
    this.#statements.endWaiting.run(path)
  }

  /** Of a first refresh that was broken off and went on: any that a file waits for may be free. */
  recall(): void {
    for (const { guid } of this.#statements.wanted.iterate()) this.#released.add(String(guid))
  }

  /** @returns files that wait for a guid that nobody has any more: they count as unread */
  takeWaiting(): string[] {
    const paths = [...this.#released].flatMap((guid) => {
      const waiting = this.#statements.waiting.all(guid)
      return waiting.length > 0 && !this.holder(guid) ? waiting : []
    })
    this.#released.clear()
    return paths
      .map(({ path }) => String(path))
      .filter((path) => this.#statements.readAgain.get(path) !== undefined)
  }
}

export const sharedGuid = (guid: string, path: string): Rejection => ({
  reason: `its guid ${guid} is that of ${path}`,
  remedy: 'State another one, or none, in one of the two; readers take them for one article.',
})
