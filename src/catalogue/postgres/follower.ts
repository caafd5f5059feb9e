/** Brings the SQLite file of this machine to the newest commit of the site, and says what that has changed. */
import type { DatabaseSync } from 'node:sqlite'
import type { Session } from '../../postgres/session.ts'
import type { SharedEvents } from '../catalogue.ts'
import type { CatalogueFile } from '../catalogue-file.ts'
import { steps } from '../migrations.ts'
import type { Told } from './commits.ts'
import { type Copy, copyAll, copyIn, follow } from './copies.ts'
import { type SharedSite, siteOf } from './schema.ts'
import { sharedTables } from './shared-tables.ts'

export class Follower {
  readonly #file: CatalogueFile
  readonly #events: () => Pick<SharedEvents, 'followed' | 'copied'>
  readonly #onClock: (now: number) => void
  /** Of the catalogue in PostgreSQL, as it was looked at last. */
  site: SharedSite | undefined
  #followed = 0
  /** Whether the file was changed, and whoever serves not told of it. */
  #owesNews = false

  /**
   * @param events gives who is told
   * @param onClock is told at once what the database's clock says, in ms since 1970
   */
  constructor(
    file: CatalogueFile,
    events: () => Pick<SharedEvents, 'followed' | 'copied'>,
    onClock: (now: number) => void,
  ) {
    this.#file = file
    this.#events = events
    this.#onClock = onClock
  }

  /** How often the file was changed for another machine. */
  get followed(): number {
    return this.#followed
  }

  /** Whether the file has the last commit, as that was looked at last, or there is none. */
  isUpToDate(): boolean {
    const copy = copyIn(this.#file.writing().database)
    return !this.site || (copy !== undefined && isOf(copy, this.site))
  }

  /** @param leads whether this machine refreshes: then it holds in memory what was before */
  async catchUp(session: Session, leads: boolean): Promise<void> {
    if (this.#owesNews) await this.#tellNews([undefined])
    const site = await siteOf(session)
    this.site = site
    if (site) this.#onClock(site.now)
    const { database } = this.#file.writing()
    // In the midst of a refresh, which finds out by itself whether it may be kept.
    if (!site || database.isTransaction || this.isUpToDate()) return
    // Tables that have what we do not know yet are taken over when we refresh.
    if (site.madeBy.tables < steps.length) return
    const copy = copyIn(database)
    const told =
      copy &&
      (await follow(session, database, sharedTables(database), copy, () => {
        this.#followed += 1
        this.#owesNews = true
      }))
    if (!told) await this.copy(session, copy?.id === site.id)
    if (leads) this.#file.reopen()
    if (told) await this.#tellNews(told)
  }

  /** @param told what commits have told; where that was lost, all may be another */
  async #tellNews(told: readonly Told[]): Promise<void> {
    await this.#events().followed(told)
    this.#owesNews = false
  }

  /**
   * Makes the file anew.
   * @param isOld whether what it takes the place of is an older state of the same catalogue
   * @param version of the tables that the site has
   */
  async copy(session: Session, isOld: boolean, version = steps.length): Promise<void> {
    const fill = (database: DatabaseSync) => copyAll(session, database, sharedTables(database))
    await this.#file.replaceWith(fill, { isOld, version })
    this.#followed += 1
    this.#events().copied()
  }
}

const isOf = (copy: Copy, site: SharedSite) =>
  copy.id === site.id && copy.n === site.n && copy.name === site.name
