/** The one place that runs intake → catalogue → channels: passes, one after the other, whoever asks for them. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Scope } from './intake/look-through.ts'
import type { Progress } from './progress.ts'
import { Changes } from './refresh/changes.ts'
import type { RefreshAnswer, RefreshHistory } from './refresh/history.ts'
import { type Listener, Listeners } from './refresh/listeners.ts'
import { UnbelievedLoss } from './refresh/loss.ts'
import { createPass, type PassParts } from './refresh/pass.ts'
import { Timers } from './refresh/timers.ts'

/** How soon a first refresh that failed is tried again. */
const tryAgainMs = 2000
/** How long files that are being written are waited for, and how often that is looked at. */
const longestWaitMs = 10_000
const waitStepMs = 50

/** What machines of one site ask of the one that refreshes. */
type Request = 'refresh' | 'take up' | 'believe loss'

export class Refresher {
  readonly history: RefreshHistory = { kept: 0, failed: 0, totalMs: 0, recent: [] }
  readonly loss: UnbelievedLoss
  readonly timers = new Timers(
    (scope) => this.refresh(scope),
    () => this.#commitDue(),
  )
  readonly #parts: PassParts
  readonly #pass: ReturnType<typeof createPass>
  readonly #stop = new AbortController()
  #queue: Promise<void> = Promise.resolve()
  /** What is committed beside that. */
  #due: Promise<void> = Promise.resolve()
  /** What the pass looks at that waits in the queue; undefined when none does. */
  #next: Set<string> | 'all' | undefined
  /** Whether a pass over what has changed waits as well. */
  #isScheduled = false
  #lastFailure = ''
  #hasRefreshed = false
  #hasBegun = false
  /** When the pass under way last came forward. */
  #movedAt: number | undefined
  readonly #changes = new Changes()
  /** Until when these were told, or had nobody to be told. */
  #told = this.#changes.now
  /** The first fill, of which nobody is told. */
  #filled: Promise<void> = Promise.resolve()
  readonly #listeners = new Listeners()

  constructor(parts: PassParts, onProgress: Progress) {
    this.#parts = parts
    this.loss = new UnbelievedLoss(parts.log)
    this.#pass = createPass(
      {
        ...{ ...parts, history: this.history, loss: this.loss, timers: this.timers },
        onKept: async (report) => {
          this.#changes.add(report)
          await this.#listeners.tell(report)
        },
      },
      (done, of) => {
        this.#movedAt = performance.now()
        onProgress(done, of)
      },
      this.#stop.signal,
    )
  }

  /**
   * Looks through the whole folder, or at some of it. What is asked for while a pass runs is done by one pass after it,
   * however much comes.
   */
  refresh(scope?: Scope): Promise<void> {
    return scope === 'changes' ? this.#refreshChanges() : this.#refresh(scope)
  }

  /** What it passes over may be what others ask for: so it has a turn of its own. */
  #refreshChanges(): Promise<void> {
    if (!this.#isScheduled && this.#next !== 'all') {
      this.#isScheduled = true
      this.#queue = this.#queue.then(() => {
        this.#isScheduled = false
        return this.#run('changes')
      })
    }
    return this.#queue
  }

  #refresh(paths?: readonly string[]): Promise<void> {
    const isQueued = this.#next !== undefined
    if (!paths || this.#next === 'all') this.#next = 'all'
    else {
      this.#next ??= new Set()
      for (const path of paths) this.#next.add(path)
    }
    if (!isQueued) this.#queue = this.#queue.then(() => this.#runNext())
    return this.#queue
  }

  /** Tells of each commit: of what passes have changed, and of what was due. @returns ends that */
  onKept(tell: Listener): () => void {
    return this.#listeners.add(tell)
  }

  /**
   * Commits what came out or expired while nobody was running, as far as something can be written: for before anything is
   * served. Who listens is told after the first pass, when there is somebody who does.
   */
  catchUp(): Promise<void> {
    return this.#listeners.holdBack(() => this.#commitDue())
  }

  #commitDue(): Promise<void> {
    if (this.#stop.signal.aborted || this.leads() === false) return Promise.resolve()
    this.#due = this.#pass.commitDue().catch((error) => this.#noteFailure(error))
    return this.#due
  }

  /**
   * Looks through the whole folder, and says what has changed since the last answer, or since the feeds were there: who
   * has written a file asks for it, and a pass may have taken it up just before. Files that were written just now, and
   * may still be, are waited for.
   * @throws Error when it fails, or everything is closed before it has ended
   */
  async refreshAndTell(): Promise<RefreshAnswer> {
    if (this.leads() === false) return (await this.#askOther('refresh')) as RefreshAnswer
    // One that fails is tried for ever; whoever asks is told of the fault.
    if (this.#hasRefreshed) await this.#filled
    const told = this.#told
    await this.refresh()
    await this.#waitForWriters()
    // A pass under way may find them written.
    await this.#queue
    this.#checkOpen()
    if (this.#lastFailure) throw new Error(`the refresh failed: ${this.#lastFailure}`)
    const waiting = this.timers.waiting()
    const { rejected, ...changes } = this.#changes.since(told)
    this.#told = this.#changes.now
    const { catalogue } = this.#parts
    const still = await Promise.all(rejected.map(({ path }) => catalogue.isRejected(path)))
    this.#checkOpen()
    return { ...changes, rejected: rejected.filter((_, index) => still[index]), waiting }
  }

  #checkOpen(): void {
    if (this.#stop.signal.aborted) throw new Error('it is closed, and nothing was refreshed.')
  }

  /**
   * Looks through the whole folder until that has worked: before it has there are no feeds, and empty ones would say
   * that there is no article. Files that were copied just now, and may still be written, are waited for as well.
   */
  refreshUntilDone(): Promise<void> {
    this.#filled = this.#fill()
    return this.#filled
  }

  async #fill(): Promise<void> {
    await this.refresh()
    while (!this.#hasRefreshed && !this.#stop.signal.aborted) {
      await sleep(tryAgainMs)
      await this.refresh()
    }
    await this.#waitForWriters()
    this.#told = this.#changes.now
  }

  async #waitForWriters(): Promise<void> {
    const end = performance.now() + longestWaitMs
    const isBusy = () =>
      this.timers.isWaiting() || this.#next !== undefined || this.#movedAt !== undefined
    while (isBusy() && !this.#stop.signal.aborted && performance.now() < end)
      await sleep(waitStepMs)
  }

  /** Looks at a file that was written just now, until it is no longer taken for one that may still be written. */
  async takeUp(path: string): Promise<void> {
    if (this.leads() === false) return void (await this.#askOther('take up', path))
    const end = performance.now() + longestWaitMs
    const isQueued = () => this.#next === 'all' || this.#next?.has(path)
    do {
      await sleep(waitStepMs)
      await this.refresh([path])
    } while ((this.timers.isWaitingFor(path) || isQueued()) && performance.now() < end)
  }

  #askOther(what: Request, path?: string): Promise<unknown> {
    const { sharing } = this.#parts.catalogue
    if (!sharing) throw new Error('there is no other machine')
    return sharing.ask(what, path)
  }

  /** Does what another machine asks for. @returns what it is told */
  async answer(what: string, path = ''): Promise<unknown> {
    if (what === 'refresh') return this.refreshAndTell()
    if (what === 'take up') return this.takeUp(path)
    if (what === 'believe loss') return this.believeLoss()
    throw new Error(`${what}: this Newsstand does not know what that is`)
  }

  #runNext(): Promise<void> {
    const wanted = this.#next
    this.#next = undefined
    return this.#run(!wanted || wanted === 'all' ? undefined : [...wanted])
  }

  async #run(scope: Scope | undefined): Promise<void> {
    if (this.#stop.signal.aborted) return
    this.#hasBegun = true
    if (this.leads() === false) {
      this.#lastFailure = ''
      const refreshed = await this.#parts.catalogue.lastRefresh().catch(() => 0)
      this.#hasRefreshed ||= refreshed > 0
      return
    }
    this.#movedAt = performance.now()
    try {
      // What a failed refresh was told of is found by looking at everything.
      await this.#pass.pass(this.#lastFailure === '' ? scope : undefined)
      if (this.#lastFailure) this.#parts.log.info('refreshing works again')
      this.#lastFailure = ''
      this.#hasRefreshed = true
      await this.#listeners.release()
    } catch (error) {
      await this.#parts.intake.finish(false).catch(() => {})
      await this.#noteFailure(error)
    } finally {
      this.#movedAt = undefined
    }
  }

  async #noteFailure(error: unknown): Promise<void> {
    const { catalogue, log } = this.#parts
    if (this.#stop.signal.aborted) return
    // Whatever else fails, the next refresh has its turn.
    const message = await catalogue.repairIfDamaged(error).catch((other: Error) => other.message)
    this.history.failed += 1
    void catalogue.sharing?.giveUp(error)
    // The same fault every minute is said once.
    if (message !== this.#lastFailure) {
      log.error(`refresh failed: ${message}; the feeds stay as they were until one works`)
    }
    this.#lastFailure = message
  }

  /** What keeps refreshes from working, in a sentence. */
  problem(): string | undefined {
    // Of one that another machine does now nobody waits for us.
    if (this.#lastFailure && this.leads() !== false)
      return `The last refresh failed: ${this.#lastFailure}.`
    const loss = this.loss.describe()
    return loss && `${loss}.`
  }

  /** Whether the whole folder was looked through since the start. */
  hasRefreshed(): boolean {
    return this.#hasRefreshed
  }

  /** Of several machines, whether it is this one that refreshes; undefined where there are no others. */
  leads(): boolean | undefined {
    return this.#parts.catalogue.sharing?.leads
  }

  /** This machine refreshes from now on, of several: what it was asked for before is done now. */
  takeLead(): void {
    // What it missed in its last turn is of then: nobody can mean that any more.
    this.loss.forget()
    if (this.#hasBegun) void this.refresh()
  }

  /** For how long the refresh under way has not come forward, in ms; 0 when none is. */
  pausedMs(): number {
    return this.#movedAt === undefined ? 0 : performance.now() - this.#movedAt
  }

  /** Believes now that what has gone from the folder is gone. */
  async believeLoss(): Promise<void> {
    if (this.leads() === false) return void (await this.#askOther('believe loss'))
    this.loss.believe()
    await this.refresh()
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.timers.stop()
    await this.#queue
    await this.#due
  }
}
