/** The Newsstand that the chaos happens to: started, killed and asked, with its disk full for a while. */
import { appendFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { host } from '../test/support/stories.ts'
import { type Answer, type Newsstand, startNewsstand } from './newsstand.ts'

/** So soon a request is answered, and SIGTERM obeyed. */
const answerMs = 10_000

/** What is wrong, and the particulars. */
export type Fault = readonly [name: string, what: string]

export class ChaosServer {
  readonly #start: () => Promise<Newsstand>
  readonly #log: string
  readonly #ballast: string | undefined
  #process: Newsstand | undefined
  /** It has given a good answer: from now on nothing but good answers are. */
  #isUp = false
  /** One of its processes has: what is known by then is served even where nothing can be written. */
  #hasServed = false

  /**
   * @param folder with `articles` in it, and the logs
   * @param disk a small one that holds the data; absent where there is none
   */
  constructor(folder: string, dataDir: string, disk: string | undefined, feedItems: number) {
    const settings = {
      ...{ BASE_URL: host, FEED_ITEMS: String(feedItems), EMPTY_FOLDER_MINUTES: '0' },
      ...{ REFRESH_CRON: '*/5 * * * * *', LOG_LEVEL: 'info' },
    }
    this.#start = () => startNewsstand(folder, join(folder, 'articles'), dataDir, settings)
    this.#log = join(folder, 'servers.log')
    this.#ballast = disk && join(disk, 'ballast')
  }

  get isRunning(): boolean {
    return this.#process !== undefined
  }

  async start(): Promise<void> {
    this.#process = await this.#start()
  }

  /** @returns whether it ended in time */
  async stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<boolean> {
    const server = this.#process
    this.#process = undefined
    this.#isUp = false
    const started = performance.now()
    await server?.stop(signal)
    // The next start writes a log of its own.
    appendFileSync(this.#log, server?.output() ?? '')
    return performance.now() - started < answerMs
  }

  /** What is wrong when it ended and nobody has ended it, with the end of its log. */
  ended(): { fault: Fault; wasUp: boolean } | undefined {
    if (!this.#process?.hasEnded()) return undefined
    const wasUp = this.#isUp
    const log = this.#process.output().trimEnd().split('\n').slice(-12).join('\n')
    return { fault: [wasUp ? 'the process ended by itself' : 'it did not start', log], wasUp }
  }

  /** @returns undefined also where there is no answer in time */
  async get(path: string): Promise<Answer | undefined> {
    const late = sleep(answerMs, undefined, { ref: false })
    return Promise.race([this.#process?.get(path), late])
  }

  /** The same; says what is wrong with the answer of a process that was up, and still is. */
  async ask(path: string): Promise<{ answer: Answer | undefined; fault?: Fault }> {
    const server = this.#process
    const wasUp = this.#isUp
    const asked = performance.now()
    const answer = await this.get(path)
    if (!server || server !== this.#process || server.hasEnded()) return { answer }
    if (answer?.status === 200) this.#isUp = this.#hasServed = true
    const isLate = !answer && performance.now() - asked >= answerMs - 10
    if (wasUp && isLate) return { answer, fault: ['no answer', `${path} for ${answerMs} ms`] }
    if (!wasUp || !answer || answer.status < 500) return { answer }
    return { answer, fault: ['5xx', `${path}: ${answer.status} ${answer.body.slice(0, 200)}`] }
  }

  /** @returns false where there is no small disk, it is full, or a first start needs it */
  fillDisk(): boolean {
    if (!this.#ballast || !this.#hasServed || existsSync(this.#ballast)) return false
    for (let size = 1 << 20; size >= 512; ) {
      try {
        appendFileSync(this.#ballast, Buffer.alloc(size))
      } catch {
        size /= 2
      }
    }
    return true
  }

  makeRoom(): void {
    if (this.#ballast) rmSync(this.#ballast, { force: true })
  }
}
