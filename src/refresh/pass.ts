/** One pass: what has changed in the folder goes through intake, catalogue, search, pages and channels. */
import type { NewFolder } from '../articles-folder.ts'
import type { Catalogue, RefreshReport } from '../catalogue/catalogue.ts'
import type { Filling } from '../catalogue/filling.ts'
import type { Intake, Survey } from '../intake/intake.ts'
import type { Scope } from '../intake/look-through.ts'
import type { Logger } from '../log.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import type { Progress } from '../progress.ts'
import type { Search } from '../search/search.ts'
import { isNewsAlone, noteKept, type RefreshHistory } from './history.ts'
import type { UnbelievedLoss } from './loss.ts'
import type { Timers } from './timers.ts'

export interface PassParts {
  readonly intake: Intake
  readonly catalogue: Catalogue
  readonly search: Search
  /** Has documents and pages brought up to date. */
  readonly tellServers: (report: RefreshReport) => Promise<void>
  readonly log: Logger
  /** Of what reading depends on besides the files. */
  readonly fingerprint: string
  /** Of all that a first refresh depends on besides them: it goes on with one that was begun by the same. */
  readonly filledBy: string
  /** The articles folder, when the catalogue does not know yet that it is this one. */
  readonly newFolder: NewFolder | undefined
}

/** What passes add to as well. */
interface WholePassParts extends PassParts {
  readonly history: RefreshHistory
  readonly loss: UnbelievedLoss
  readonly timers: Timers
  /** Told of each commit. */
  readonly onKept: (report: RefreshReport) => Promise<void>
}

/**
 * @param onProgress is told when files were kept
 * @param stop ends a pass that reads
 */
export function createPass(parts: WholePassParts, onProgress: Progress, stop: AbortSignal) {
  const { intake, catalogue, history, loss, timers } = parts
  let { newFolder } = parts
  /** Of which catalogue the intake knows the files, and in which of its threads. */
  let known = ''
  let isFirst = true
  /** What is being written and told: one transaction at a time. */
  const inTurn = oneAtATime()

  /**
   * Makes one pass over the whole folder, or some files and folders of it; one at a time. The first looks through
   * everything.
   */
  async function pass(scope: Scope | undefined): Promise<void> {
    const isFilled = (await catalogue.lastRefresh()) > 0
    const begun = isFilled ? undefined : await catalogue.filling()
    await once(scope, isFilled ? undefined : (begun?.since ?? clock()), begun)
    // One that went on has read what was new to it, and no more.
    if (begun) await once(undefined)
  }

  /**
   * @param firstAt in the first pass that fills the catalogue when that was begun, in ms since 1970
   * @param begun what it was begun with, where it was broken off
   */
  async function once(scope: Scope | undefined, firstAt?: number, begun?: Filling): Promise<void> {
    const started = performance.now()
    const isFirstFill = firstAt !== undefined
    // The folder may be long in answering.
    if (!isFirstFill) await commitDue()
    const isNew = await tellKnown()
    const isMeant = newFolder?.isOther || loss.isMeant
    const survey = await intake.survey(isNew || isMeant ? undefined : scope, isMeant, isFirstFill)
    if (begun && survey.seen !== begun.found) return beginAnew()
    loss.note(survey.loss)
    noteWaiting(survey)
    if (survey.changed + survey.vanished.length > 0 || (await isUnknown())) {
      const { report, unread, needs } = await inTurn(async () => {
        const kept = await keep(survey, firstAt ?? clock())
        newFolder = undefined
        await tell(kept.report, started)
        return kept
      })
      await intake.finish(true, unread, { needs, data: report.data })
    } else await intake.finish(true)
    await planDue()
    isFirst = false
  }

  /** Ms since 1970; of several machines all go by one. */
  const clock = () => Date.now() + (catalogue.sharing?.aheadMs ?? 0)

  async function planDue(): Promise<void> {
    const at = await catalogue.nextDue()
    timers.planDue(at === undefined ? undefined : at - (catalogue.sharing?.aheadMs ?? 0))
  }

  /** @param started when work on it was, by the clock that nobody sets; ms */
  async function tell(report: RefreshReport, started: number): Promise<void> {
    parts.search.changed()
    await parts.tellServers(report)
    if (!isNewsAlone(report)) noteKept(history, parts.log, report, performance.now() - started)
    await parts.onKept(report)
  }

  /**
   * Commits what is due though no file has changed: what is out is decided at the time of a commit. Also while a pass
   * looks at the folder.
   */
  async function commitDue(): Promise<void> {
    await inTurn(async () => {
      const now = clock()
      if (stop.aborted || !(await catalogue.isDue(now))) return
      const started = performance.now()
      const refresh = await catalogue.refresh(now)
      const report = await refresh.commit(false).catch(async (error) => {
        await refresh.rollback()
        throw error
      })
      await tell(report, started)
    })
    await planDue()
  }

  /** Of other files than it was begun with, some would have to be taken back, as if readers had seen them. */
  async function beginAnew(): Promise<void> {
    parts.log.info(
      'the first reading of the articles was broken off, and begins anew: files have changed since',
    )
    await intake.finish(false)
    await catalogue.beginAnew()
    known = ''
    await once(undefined, clock())
  }

  function noteWaiting({ waiting, againInMs, overdue }: Survey): void {
    for (const path of overdue) {
      parts.log.warn(
        `${path} is waited for, since some program goes on writing it or keeps it open for writing; ` +
          'it is read as soon as that program has closed it',
      )
    }
    timers.lookAgain(waiting, againInMs)
  }

  /** Whether there is something to keep although no file has changed. */
  async function isUnknown(): Promise<boolean> {
    if (newFolder) return true
    if (!isFirst) return false
    // Where there is nothing at all, that is known from then on; and the mark of what was filled goes.
    return (await catalogue.lastRefresh()) === 0 || (await catalogue.filling()) !== undefined
  }

  /** @returns whether the intake was told anew which files are known, and has to look at all of them */
  async function tellKnown(): Promise<boolean> {
    const current = `${catalogue.id} ${catalogue.sharing?.followed} ${intake.renew()}`
    if (current === known) return false
    await intake.forget()
    for await (const files of catalogue.knownFiles(parts.fingerprint)) await intake.know(files)
    known = current
    return true
  }

  /** @returns what it has changed, and which files have to be read again the next time */
  async function keep(survey: Survey, now: number) {
    const { vanished, moved, missed, changed, isWhole, kept = 0, seen = 0 } = survey
    const mark = { by: parts.filledBy, found: seen }
    const refresh = await catalogue.refresh(now, newFolder, mark)
    try {
      await refresh.vanish(vanished, moved)
      await refresh.miss(missed)
      let done = 0
      const unsettled: string[] = []
      const unread: string[] = []
      const needs: [path: string, needs: string][] = []
      for await (const batch of intake.batches()) {
        stop.throwIfAborted()
        await refresh.keep(batch)
        for (const { path, kind, signature, needs: lines } of batch) {
          if (lines !== undefined) needs.push([path, lines])
          if (kind === 'unsettled') unsettled.push(path)
          else if (signature === '') unread.push(path)
        }
        done += batch.length
        onProgress(kept + done, kept + changed)
      }
      const report = await refresh.commit(isWhole && unsettled.length === 0)
      const again = [...report.outdated, ...report.released]
      timers.lookAgain([...unsettled, ...again], 0)
      return { report, unread: [...unsettled, ...unread, ...report.taken, ...again], needs }
    } catch (error) {
      await refresh.rollback()
      // Of a first refresh some was kept.
      if (survey.seen !== undefined) known = ''
      throw error
    }
  }

  return { pass, commitDue }
}
