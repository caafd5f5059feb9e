/**
 * The chaos itself, as the user it was started as; `chaos.ts` starts it.
 * node bench/chaos-run.ts <seed> <minutes> <folder> [folder on a small disk]
 */
import { appendFileSync, cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Action } from '../test/support/history.ts'
import { randomFrom } from '../test/support/random.ts'
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
  ...['close file', 'close folder', 'pipe', 'pipe', 'open', 'open'],
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
async function live(seed: number): Promise<void> {
  const place = join(folder, `seed-${seed}`)
  const dataDir = join(disk ?? place, 'data')
  mkdirSync(join(place, 'articles'), { recursive: true })
  const articles = new ChaosFolder(join(place, 'articles'), seed, { fewest: 35, most: 80, log })
  const { random } = articles
  const feedItems = random.pick([5, 1000])
  const server = new ChaosServer(place, dataDir, disk, feedItems)
  const faults = faultsOf(articles)
  const actions: Readonly<Record<string, Action>> = {
    ...{ ...articles.actions, ...changesOf(articles), ...faults.actions },
    kill: () => end('kill', 'SIGKILL', true),
    'kill and wait': () => end('kill and wait', 'SIGKILL', false),
    restart: () => end('restart', 'SIGTERM', true),
    stop: () => end('stop', 'SIGTERM', false),
    // Until the end of the round.
    'full disk': () => server.fillDisk() && articles.did('full disk', ''),
  }
  const endsAt = Math.min(ends, Date.now() + historyMs)
  let round = 0
  let done: string[] = []
  let isOver = false
  let found = 0

  for (let n = 0; n < 50; n += 1) articles.actions.add()
  await server.start()
  const polling = poll()
  while (!isOver && Date.now() < endsAt) await liveARound()
  isOver = true
  await polling
  await server.stop('SIGKILL')
  while (articles.openLast() !== undefined);
  if (found === 0) rmSync(place, { recursive: true })
  else if (disk) cpSync(dataDir, join(place, 'data'), { recursive: true })
  if (disk) rmSync(dataDir, { recursive: true })

  async function liveARound(): Promise<void> {
    round += 1
    done = []
    counts.rounds += 1
    log(`round ${round}`)
    for (let left = random.between(1, 16); left > 0 && !isOver; left -= 1) {
      const kind = random.pick(kinds)
      const isPossible = !articles.closed.has('') || alwaysPossible.includes(kind)
      if (isPossible && (await actions[kind]?.())) {
        done.push(kind)
        count(steps, kind)
      }
      faults.release()
      await sleep(random.pick([0, 0, 5, 30, 60, 150, 400]))
      await reviveIfEnded()
    }
    server.makeRoom()
    if (!server.isRunning) await server.start()
    await compare()
    articles.settle(restMs)
  }

  async function end(kind: string, signal: 'SIGKILL' | 'SIGTERM', isAgain: boolean) {
    if (!server.isRunning) return false
    if (!(await server.stop(signal))) problem('it does not stop', '')
    if (isAgain) await server.start()
    return articles.did(kind, '')
  }

  async function reviveIfEnded(): Promise<void> {
    const ended = server.ended()
    if (!ended) return
    problem(...ended.fault)
    await server.stop('SIGKILL')
    if (ended.wasUp) await server.start()
    else isOver = true
  }

  async function compare(): Promise<void> {
    const until = performance.now() + equalMs
    while (!isOver) {
      await reviveIfEnded()
      faults.release()
      const get = (path: string) => server.get(path)
      const all = await differences(get, articles, feedItems).catch((error) => [String(error)])
      if (all.length === 0) return
      if (performance.now() > until) {
        problem('feeds differ', [`in ${all.length} ways`, ...all.slice(0, 6)].join('\n'))
        isOver = true
      }
      await sleep(50)
    }
  }

  /** Whatever happens: answers are good ones. */
  async function poll(): Promise<void> {
    const random = randomFrom(seed + 1)
    while (!isOver) {
      const path = random.pick([...documents, random.pick(articles.live()).page])
      const { answer, fault } = await server.ask(path)
      counts.polls += 1
      if (fault) problem(...fault)
      try {
        if (answer?.status === 200 && documents.includes(path)) readAnswer(path, answer.body)
      } catch (error) {
        problem('malformed', `${path}: ${error}`)
      }
      await sleep(random.between(5, 40))
    }
  }

  function problem(name: string, what: string): void {
    count(problems, name)
    found += 1
    const where = `seed ${seed}, round ${round} (${done.join(', ')})`
    const text = `PROBLEM: ${name}: ${where}\n${what.replace(/^/gm, '    ')}`
    console.log(text)
    log(text)
    if (total(problems) >= mostProblems) isOver = true
  }

  function log(line: string): void {
    const time = new Date().toISOString().slice(11, 23)
    appendFileSync(join(place, 'steps.log'), `${time} ${line}\n`)
  }
}

// The running Newsstand is ended with us.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))
while (Date.now() < ends && total(problems) < mostProblems) {
  counts.histories += 1
  await live(firstSeed + counts.histories - 1)
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
