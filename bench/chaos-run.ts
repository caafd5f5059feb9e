/**
 * The chaos itself, as the user it was started as; `chaos.ts` starts it.
 * node bench/chaos-run.ts <seed> <minutes> <folder> [folder on a small disk]
 */
import { appendFileSync, cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Action } from '../test/support/history.ts'
import { type Random, randomFrom } from '../test/support/random.ts'
import { readAnswer } from './answers.ts'
import { differences, documents } from './chaos-answers.ts'
import { changesOf } from './chaos-changes.ts'
import { faultsOf } from './chaos-faults.ts'
import { ChaosFolder } from './chaos-folder.ts'
import { ChaosServer } from './chaos-server.ts'
import { machine, printTable } from './measure.ts'

const [firstSeed = 1, minutes = 60] = process.argv.slice(2, 4).map(Number)
const [folder = '', disk] = process.argv.slice(4)

/** So long a history of the folder may be; one in which the feeds differ ends at once. */
const historyMs = 10 * 60_000
/** Nothing is promised of what changes again before it was seen: the folder is looked through every 5 s. */
const restMs = 6000
/** So soon after the last change the feeds have to equal the model. */
const equalMs = 20_000
const mostProblems = 30

/** What is done in a round; what is there twice comes twice as often. */
const kinds = [
  ...['add', 'add', 'add', 'edit', 'edit', 'edit', 'terms', 'date', 'future', 'touch', 'times'],
  ...['move', 'move', 'move folder', 'swap', 'swap', 'over', 'over', 'over', 'return', 'return'],
  ...['delete', 'delete', 'delete many', 'bad', 'bad', 'bad new', 'slow', 'slow', 'slow'],
  ...['odd name', 'close file', 'close folder', 'pipe', 'pipe', 'open', 'open'],
  // The whole folder is closed at the beginning of a round only.
  ...Array<string>(5).fill('close all'),
  ...['kill', 'kill', 'kill and wait', 'restart', 'stop', 'full disk'],
]
/** While the whole folder is closed nothing else can be done. */
const alwaysPossible = ['open', 'kill', 'kill and wait', 'restart', 'stop', 'full disk']

const ends = Date.now() + minutes * 60_000
const steps = new Map<string, number>()
const problems = new Map<string, number>()
const counts = { histories: 0, rounds: 0, polls: 0 }
const count = (counter: Map<string, number>, kind: string) =>
  counter.set(kind, (counter.get(kind) ?? 0) + 1)
const total = (counter: Map<string, number>) => [...counter.values()].reduce((sum, n) => sum + n, 0)

/** A folder from its first article on, until its time is over, the feeds differ or it does not start. */
class Chaos {
  readonly #seed: number
  readonly #folder: string
  readonly #dataDir: string
  readonly #random: Random
  readonly #articles: ChaosFolder
  readonly #actions: Readonly<Record<string, Action>>
  readonly #release: () => void
  readonly #feedItems: number
  readonly #server: ChaosServer
  #round = 0
  #kinds: string[] = []
  #isOver = false
  #problems = 0

  constructor(seed: number) {
    this.#seed = seed
    this.#folder = join(folder, `seed-${seed}`)
    this.#dataDir = join(disk ?? this.#folder, 'data')
    const articles = join(this.#folder, 'articles')
    mkdirSync(articles, { recursive: true })
    const log = (line: string) => this.#log(line)
    this.#articles = new ChaosFolder(articles, seed, { fewest: 35, most: 80, log })
    this.#random = this.#articles.random
    this.#feedItems = this.#random.pick([5, 1000])
    this.#server = new ChaosServer(this.#folder, this.#dataDir, disk, this.#feedItems)
    const { actions, release } = faultsOf(this.#articles)
    const changes = { ...this.#articles.actions, ...changesOf(this.#articles) }
    this.#actions = { ...changes, ...actions, ...this.#serverActions() }
    this.#release = release
  }

  async live(): Promise<void> {
    const end = Math.min(ends, Date.now() + historyMs)
    for (let n = 0; n < 50; n += 1) await this.#actions.add?.()
    await this.#server.start()
    const polling = this.#poll()
    while (!this.#isOver && Date.now() < end) await this.#liveARound()
    this.#isOver = true
    await polling
    await this.#server.stop('SIGKILL')
    while (this.#articles.openLast() !== undefined);
    if (this.#problems === 0) rmSync(this.#folder, { recursive: true })
    else if (disk) cpSync(this.#dataDir, join(this.#folder, 'data'), { recursive: true })
    if (disk) rmSync(this.#dataDir, { recursive: true })
  }

  async #liveARound(): Promise<void> {
    this.#round += 1
    this.#kinds = []
    counts.rounds += 1
    this.#log(`round ${this.#round}`)
    for (let left = this.#random.between(1, 16); left > 0 && !this.#isOver; left -= 1) {
      const kind = this.#random.pick(kinds)
      const isPossible = !this.#articles.closed.has('') || alwaysPossible.includes(kind)
      if (isPossible && (await this.#actions[kind]?.())) {
        this.#kinds.push(kind)
        count(steps, kind)
      }
      this.#release()
      await sleep(this.#random.pick([0, 0, 5, 30, 60, 150, 400]))
      await this.#reviveIfEnded()
    }
    this.#server.makeRoom()
    if (!this.#server.isRunning) await this.#server.start()
    await this.#compare()
    this.#articles.settle(restMs)
  }

  #serverActions(): Record<string, Action> {
    const end = (kind: string, signal: 'SIGKILL' | 'SIGTERM', isAgain: boolean) => async () => {
      if (!this.#server.isRunning) return false
      this.#log(`  ${kind}`)
      if (!(await this.#server.stop(signal))) this.#problem('it does not stop', '')
      if (isAgain) await this.#server.start()
      return true
    }
    return {
      kill: end('kill', 'SIGKILL', true),
      'kill and wait': end('kill and wait', 'SIGKILL', false),
      restart: end('restart', 'SIGTERM', true),
      stop: end('stop', 'SIGTERM', false),
      // Until the end of the round.
      'full disk': () => this.#server.fillDisk() && this.#articles.did('full disk', ''),
    }
  }

  async #reviveIfEnded(): Promise<void> {
    const ended = this.#server.ended()
    if (!ended) return
    this.#problem(...ended.fault)
    await this.#server.stop('SIGKILL')
    if (ended.wasUp) await this.#server.start()
    else this.#isOver = true
  }

  async #compare(): Promise<void> {
    const until = performance.now() + equalMs
    let found: string[] = []
    while (!this.#isOver) {
      await this.#reviveIfEnded()
      this.#release()
      try {
        found = await differences((path) => this.#server.get(path), this.#articles, this.#feedItems)
      } catch (error) {
        found = [String(error)]
      }
      if (found.length === 0) return
      if (performance.now() > until) {
        this.#problem('feeds differ', [`in ${found.length} ways`, ...found.slice(0, 6)].join('\n'))
        this.#isOver = true
      }
      await sleep(50)
    }
  }

  /** Whatever happens: answers are good ones. */
  async #poll(): Promise<void> {
    const random = randomFrom(this.#seed + 1)
    while (!this.#isOver) {
      const path = random.pick([...documents, random.pick(this.#articles.live()).page])
      const { answer, fault } = await this.#server.ask(path)
      counts.polls += 1
      if (fault) this.#problem(...fault)
      try {
        if (answer?.status === 200 && documents.includes(path)) readAnswer(path, answer.body)
      } catch (error) {
        this.#problem('malformed', `${path}: ${error}`)
      }
      await sleep(random.between(5, 40))
    }
  }

  #problem(name: string, what: string): void {
    count(problems, name)
    this.#problems += 1
    const round = `seed ${this.#seed}, round ${this.#round} (${this.#kinds.join(', ')})`
    const text = `PROBLEM: ${name}: ${round}\n${what.replace(/^/gm, '    ')}`
    console.log(text)
    this.#log(text)
    if (total(problems) >= mostProblems) this.#isOver = true
  }

  #log(line: string): void {
    const time = new Date().toISOString().slice(11, 23)
    appendFileSync(join(this.#folder, 'steps.log'), `${time} ${line}\n`)
  }
}

// The running Newsstand is ended with us.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))
while (Date.now() < ends && total(problems) < mostProblems) {
  await new Chaos(firstSeed + counts.histories++).live()
}
const rows = (counter: Map<string, number>) => [...counter].sort().map(([k, n]) => [k, String(n)])
console.log(`${machine()}; seed ${firstSeed}, ${minutes} minutes, user ${process.getuid?.()}\n`)
printTable([
  ['what', 'how often'],
  ...rows(steps),
  ...Object.entries(counts).map(([what, n]) => [what, String(n)]),
  ['steps', String(total(steps))],
  ['kills', String((steps.get('kill') ?? 0) + (steps.get('kill and wait') ?? 0))],
  ['minutes', ((Date.now() - ends) / 60_000 + minutes).toFixed(1)],
  ['problems', String(total(problems))],
  ...rows(problems),
])
process.exitCode = total(problems) > 0 ? 1 : 0
