/** The one place that runs intake → catalogue → channels. */
import { schedule } from 'node-cron'
import type { NewFolder } from './articles-folder.ts'
import type { Catalogue, RefreshReport, RejectedFile } from './catalogue/catalogue.ts'
import type { Channels } from './channels/channels.ts'
import { allSearches } from './channels/selection.ts'
import type { Survey } from './intake/folder-reader.ts'
import type { Intake } from './intake/intake.ts'
import type { Logger } from './log.ts'
import type { Pages } from './pages/pages.ts'
import type { Search } from './search/search.ts'
import { createWaiting } from './waiting.ts'

/** What refreshes have done since the start. */
export interface RefreshHistory {
  /** How many changed something and were kept. */
  kept: number
  failed: number
  totalMs: number
  last?: KeptRefresh
  /** The last ones that changed something, oldest first. */
  readonly recent: KeptRefresh[]
}

type KeptRefresh = Pick<RefreshReport, 'added' | 'edited' | 'removed'> & {
  /** RFC 3339. */
  readonly at: string
  readonly ms: number
  readonly rejected: number
}

export interface Refresher {
  readonly history: RefreshHistory
  /** What keeps refreshes from working, in a sentence. */
  problem(): string | undefined
  /** Whether the whole folder was looked through since the start. */
  hasRefreshed(): boolean
  /** Whether there are files that may still be written, or a pass is under way or due. */
  isWaiting(): boolean
  /** For how long the refresh under way has not come forward, in ms; 0 when none is. */
  pausedMs(): number
  /** Looks through the whole folder, or at some files and folders of it; one refresh at a time. */
  refresh(paths?: readonly string[]): Promise<void>
  /** What has gone from the folder and is not believed yet, in a sentence. */
  loss(): string | undefined
  /** Believes it now. */
  believeLoss(): Promise<void>
  /** Starts the schedule; tells when the next refresh is. */
  start(cron: string, timeZone: string): Date | null
  /** When the whole folder is looked through next; null before `start`. */
  next(): Date | null
  stop(): Promise<void>
}

/** setTimeout takes no longer time than this (2^31 − 1 ms); an article may be due in years. */
const longestTimer = 2 ** 31 - 1
/** So many refreshes are remembered. */
const mostRecent = 20
/** So many rejections are logged one by one; of more only the number. */
const mostLogged = 20

export type Progress = (done: number, of: number) => void

export function createRefresher(
  parts: {
    intake: Intake
    catalogue: Catalogue
    channels: Channels
    pages: Pages
    search: Search
    log: Logger
    /** Of what reading depends on besides the files. */
    fingerprint: string
    /** The articles folder, when the catalogue does not know yet that it is this one. */
    newFolder?: NewFolder | undefined
  },
  onProgress: Progress = () => {},
): Refresher {
  const { intake, catalogue, channels, pages, search, log, fingerprint } = parts
  let queue: Promise<void> = Promise.resolve()
  /** Of the pass that waits in the queue. */
  let asked: Set<string> | 'all' | undefined
  let isQueued = false
  let dueAt: number | undefined
  let dueTimer: NodeJS.Timeout | undefined
  let task: ReturnType<typeof schedule> | undefined
  let lastFailure = ''
  /** What is gone and not believed yet, and until when; ms since 1970. */
  let loss: { missing: number; of: number; until: number } | undefined
  /** Which catalogue's files the intake was told of, and which of its threads. */
  let told = ''
  let hasRefreshed = false
  /** When the pass under way last came forward. */
  let movedAt: number | undefined
  let { newFolder } = parts
  /** Somebody has said that what is gone is meant to be. */
  let isLossMeant = false
  const history: RefreshHistory = { kept: 0, failed: 0, totalMs: 0, recent: [] }
  let isStopped = false
  const waiting = createWaiting((paths) => void refresh(paths), log)

  async function run(paths: readonly string[] | undefined): Promise<void> {
    if (isStopped) return
    movedAt = performance.now()
    try {
      // What a failed refresh was told of is found by looking at everything.
      const wanted = lastFailure ? undefined : paths
      await pass(wanted)
      if (lastFailure) log.info('refreshing works again')
      lastFailure = ''
      if (wanted === undefined) hasRefreshed = true
    } catch (error) {
      await intake.finish(false).catch(() => {})
      if (isStopped) return
      // Whatever else fails, the next refresh has its turn.
      const message = await catalogue.attend(error).catch((other: Error) => other.message)
      history.failed += 1
      // The same fault every minute is said once.
      if (message !== lastFailure) {
        log.error(`refresh failed: ${message}; the feeds stay as they were, and it is tried again`)
      }
      lastFailure = message
    } finally {
      movedAt = undefined
    }
  }

  async function pass(paths: readonly string[] | undefined): Promise<void> {
    const started = performance.now()
    const isNew = await tellKnown()
    const isMeant = newFolder?.isOther || isLossMeant
    const survey = await intake.survey(isNew || isMeant ? undefined : paths, isMeant)
    isLossMeant = false
    noteLoss(survey.loss)
    waiting.add(survey)
    const now = Date.now()
    // What came out or expired while nobody was running is due as well.
    const previous = hasRefreshed ? undefined : await catalogue.lastRefresh()
    if (previous !== undefined) dueAt = await catalogue.nextDue(previous)
    const isDue = dueAt !== undefined && dueAt <= now
    // The first is kept also where there is nothing: since then that is known.
    const isFirst = previous === 0
    if (survey.changed.length + survey.vanished.length > 0 || isDue || isFirst || newFolder) {
      const { report, unread } = await keep(survey, now)
      newFolder = undefined
      search.changed()
      await pages.update(report)
      await channels.update([...report.channels, allSearches])
      await intake.finish(true, unread)
      note(report, performance.now() - started)
    } else await intake.finish(true)
    await planDue(now)
  }

  /** @returns whether the intake was told anew which files are known, and has to look at all of them */
  async function tellKnown(): Promise<boolean> {
    const current = `${catalogue.id} ${intake.renew()}`
    if (current === told) return false
    await intake.forget()
    for await (const files of catalogue.knownFiles(fingerprint)) await intake.know(files)
    told = current
    return true
  }

  /** Says so once when much has gone from the folder, and when that is over. */
  function noteLoss(now: Survey['loss']): void {
    if (!now) {
      if (loss && loss.until > Date.now()) log.info('the articles folder is back')
      loss = undefined
      return
    }
    const isNew = !loss
    const { missing, of, forMs } = now
    loss = { missing, of, until: Date.now() + forMs }
    if (isNew) {
      log.error(
        `${describeLoss(loss)}. If they are meant to be gone, say so on the status page, or set ` +
          'EMPTY_FOLDER_MINUTES to 0',
      )
    }
  }

  async function keep({ vanished, moved, missed, changed, isWhole }: Survey, now: number) {
    const refresh = await catalogue.refresh(now, newFolder)
    try {
      await refresh.vanish(vanished, moved)
      await refresh.miss(missed)
      let done = 0
      const unsettled: string[] = []
      const unread: string[] = []
      for await (const batch of intake.batches()) {
        if (isStopped) throw new Error('stopped')
        await refresh.keep(batch)
        for (const { path, kind, signature } of batch) {
          if (kind === 'unsettled') unsettled.push(path)
          else if (signature === '') unread.push(path)
        }
        done += batch.length
        movedAt = performance.now()
        onProgress(done, changed.length)
      }
      const report = await refresh.commit(isWhole && unsettled.length === 0)
      waiting.add({ waiting: unsettled, againInMs: 0, overdue: [] })
      return { report, unread: [...unsettled, ...unread, ...report.taken] }
    } catch (error) {
      await refresh.rollback()
      throw error
    }
  }

  function note({ added, edited, removed, rejected }: RefreshReport, ms: number): void {
    history.kept += 1
    history.totalMs += ms
    const at = new Date().toISOString()
    history.last = { at, ms, added, edited, removed, rejected: rejected.length }
    history.recent.push(history.last)
    if (history.recent.length > mostRecent) history.recent.shift()
    for (const file of rejected.slice(0, mostLogged))
      log.warn(`rejected ${describeRejection(file)}`)
    if (rejected.length > mostLogged) {
      log.warn(`rejected ${rejected.length - mostLogged} more; "npm run check" lists them all`)
    }
    if (added + edited + removed === 0) return
    log.info(
      `refreshed: ${added} added, ${edited} edited, ${removed} removed (${Math.round(ms)} ms)`,
    )
  }

  /** Articles come out and expire at their own time, whatever the schedule. */
  async function planDue(now: number): Promise<void> {
    dueAt = await catalogue.nextDue(now)
    clearTimeout(dueTimer)
    if (dueAt === undefined || isStopped) return
    const delay = Math.min(Math.max(dueAt - Date.now(), 0), longestTimer)
    dueTimer = setTimeout(() => void refresh([]), delay)
  }

  /** What is asked for while a pass runs is done by one pass after it, however much comes. */
  function refresh(paths?: readonly string[]): Promise<void> {
    if (!paths || asked === 'all') asked = 'all'
    else {
      asked ??= new Set()
      for (const path of paths) asked.add(path)
    }
    if (isQueued) return queue
    isQueued = true
    queue = queue.then(() => {
      const all = asked
      asked = undefined
      isQueued = false
      return run(all === 'all' ? undefined : [...(all ?? [])])
    })
    return queue
  }

  return {
    history,
    problem() {
      if (lastFailure) return `The last refresh failed: ${lastFailure}.`
      if (loss) return `${describeLoss(loss)}.`
      return undefined
    },
    hasRefreshed: () => hasRefreshed,
    isWaiting: () => waiting.isDue() || isQueued || movedAt !== undefined,
    pausedMs: () => (movedAt === undefined ? 0 : performance.now() - movedAt),
    refresh,
    loss: () => loss && describeLoss(loss),
    async believeLoss() {
      if (loss) log.info('what has gone from the articles folder is meant to be gone')
      isLossMeant = loss !== undefined
      await refresh()
    },
    start(cron, timeZone) {
      // A pass that takes longer than the schedule's step is not followed by a pile of others.
      task = schedule(cron, () => refresh(), { noOverlap: true, timezone: timeZone })
      return task.getNextRun()
    },
    next: () => task?.getNextRun() ?? null,
    async stop() {
      isStopped = true
      clearTimeout(dueTimer)
      waiting.stop()
      await task?.destroy()
      await queue
    },
  }
}

function describeLoss({ missing, of, until }: { missing: number; of: number; until: number }) {
  const what =
    missing === of
      ? 'the articles folder has become empty or missing'
      : `${missing} of ${of} files are gone from the articles folder`
  const moment = new Date(until).toISOString().replace(/\.\d+/, '')
  return `${what}: the feeds stay as they are until ${moment}`
}

/** `path:line: reason. Remedy.` */
function describeRejection({ path, line, reason, remedy, isPublished }: RejectedFile): string {
  const stays = isPublished ? ' Its last good version stays published.' : ''
  return `${path}:${line ?? 1}: ${reason}. ${remedy}${stays}`
}
