/** The Newsstand that the chaos happens to: started, killed and asked, with its disk full for a while. */
import { appendFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { host } from '../test/support/stories.ts'
import { type Answer, type Newsstand, startNewsstand } from './newsstand.ts'

/** So soon a request is answered, and SIGTERM obeyed. */
const answerMs = 10_000

export class ChaosServer {
  readonly #folder: string
  readonly #dataDir: string
  readonly #disk: string | undefined
  readonly #settings: Readonly<Record<string, string>>
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
    this.#folder = folder
    this.#dataDir = dataDir
    this.#disk = disk
    this.#settings = {
      ...{ BASE_URL: host, FEED_ITEMS: String(feedItems), EMPTY_FOLDER_MINUTES: '0' },
      ...{ REFRESH_CRON: '*/5 * * * * *', LOG_LEVEL: 'info' },
    }
  }

  get isRunning(): boolean {
    return this.#process !== undefined
  }

  async start(): Promise<void> {
    const articles = join(this.#folder, 'articles')
    this.#process = await startNewsstand(this.#folder, articles, this.#dataDir, this.#settings)
  }

  /** @returns whether it ended in time */
  async stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<boolean> {
    const server = this.#process
    if (!server) return true
    this.#process = undefined
    this.#isUp = false
    const started = performance.now()
    await server.stop(signal)
    // The next start writes a log of its own.
    appendFileSync(join(this.#folder, 'servers.log'), server.output())
    return performance.now() - started < answerMs
  }

  /** What is wrong when it ended and nobody has ended it, with the end of its log. */
  ended(): { fault: [string, string]; wasUp: boolean } | undefined {
    const server = this.#process
    if (!server?.hasEnded()) return undefined
    const wasUp = this.#isUp
    const log = server.output().trimEnd().split('\n').slice(-12).join('\n')
    return { fault: [wasUp ? 'the process ended by itself' : 'it did not start', log], wasUp }
  }

  /** @returns undefined also where there is no answer in time */
  async get(path: string): Promise<Answer | undefined> {
    const late = sleep(answerMs, undefined, { ref: false })
    return Promise.race([this.#process?.get(path), late])
  }

  /** The same; says what is wrong with the answer of a process that was up, and still is. */
  async ask(path: string): Promise<{ answer: Answer | undefined; fault?: [string, string] }> {
    const server = this.#process
    const wasUp = this.#isUp
    const asked = performance.now()
    const answer = await this.get(path)
    if (!server || server !== this.#process || server.hasEnded()) return { answer }
    if (answer?.status === 200) {
      this.#isUp = true
      this.#hasServed = true
    }
    if (!wasUp) return { answer }
    const isLate = !answer && performance.now() - asked >= answerMs - 10
    if (isLate) return { answer, fault: ['no answer', `${path} for ${answerMs} ms`] }
    if (!answer || answer.status < 500) return { answer }
    return { answer, fault: ['5xx', `${path}: ${answer.status} ${answer.body.slice(0, 200)}`] }
  }

  /** @returns false where there is no small disk, it is full, or a first start needs it */
  fillDisk(): boolean {
    if (!this.#disk || !this.#hasServed || existsSync(join(this.#disk, 'ballast'))) return false
    for (let size = 1 << 20; size >= 512; ) {
      try {
        appendFileSync(join(this.#disk, 'ballast'), Buffer.alloc(size))
      } catch {
        size /= 2
      }
    }
    return true
  }

  makeRoom(): void {
    if (this.#disk) rmSync(join(this.#disk, 'ballast'), { force: true })
  }
}
