/** Kills Newsstand again and again while it tells subscribers of changes, and looks what they have in the end. */
import { hash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from './http.ts'
import { end, freePort, spawnNewsstand } from './program.ts'
import { randomFrom } from './random.ts'
import { startSubscribers } from './subscribers.ts'
import { until } from './until.ts'

export interface PushKilling {
  readonly changes: number
  readonly subscribers: number
  /** About how long a Newsstand lives, from when it can be asked, in ms. */
  readonly lifeMs: number
  /** Between two changes, in ms. */
  readonly pauseMs: number
  readonly seed: number
  /** What it is started with, such as `taskset`. */
  readonly through?: readonly string[]
}

export interface PushKilled {
  readonly kills: number
  /** Those that hit when documents were under way. */
  readonly killsHalfWay: number
  /** Documents that came. */
  readonly receipts: number
  /** Those of them that the same subscriber had before. */
  readonly repeats: number
  /** The most that one kill has led to. */
  readonly mostRepeats: number
  /** Those that came after a newer one. */
  readonly outOfOrder: number
  /** Subscribers that do not end with the newest. */
  readonly left: readonly number[]
  /** What was wrong in what was sent. */
  readonly problems: readonly string[]
}

/** So many hosts have them all. */
const hosts = 50
/** Subscribers take up to so long to answer, so that kills hit half-way. */
const slowestAnswerMs = 40
/** Without a change, after every other start. */
const restMs = 1500
const firstDate = Date.UTC(2020, 0, 1)

/** @param folder an empty one */
export async function killWhilePushing(folder: string, plan: PushKilling): Promise<PushKilled> {
  const articles = join(folder, 'articles')
  const dataDir = join(folder, 'data')
  for (const made of [articles, dataDir]) mkdirSync(made)
  const random = randomFrom(plan.seed)
  const port = String(await freePort())
  const base = `http://127.0.0.1:${port}`
  const [topic, hub] = [`${base}/atom.xml`, `${base}/hub`]
  const env = {
    ...{ HOST: '127.0.0.1', PORT: port, ADMIN_PORT: String(await freePort()), BASE_URL: base },
    ...{
      ARTICLES_DIR: articles,
      DATA_DIR: dataDir,
      WATCH: 'true',
      LOG_LEVEL: 'warn',
      SITE_TITLE: 'Pushed',
    },
    WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8',
  }
  const subscribers = await startSubscribers({
    ...{ topic, hub, hosts },
    contentType: 'application/atom+xml',
  })
  subscribers.answerAfter(() => random.between(0, slowestAnswerMs))
  const everybody = Array.from({ length: plan.subscribers }, (_, n) => n)
  let printed = ''

  const start = () => {
    const child = spawnNewsstand({ env, cwd: dataDir, through: plan.through ?? [] })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text) => {
        printed += text
      })
    return child
  }
  const served = () =>
    ask(topic).then(
      ({ status, body }) => (status === 200 ? hash('sha256', body) : ''),
      () => '',
    )
  /** Who has not got the document that is served, as the last that came. */
  const left = async () => {
    const now = await served()
    const documents = subscribers.documents()
    const { who, what } = subscribers.receipts()
    const last = new Map([...who].map((n, place) => [n, documents[what[place] ?? -1]?.sha256]))
    return now === '' ? everybody : everybody.filter((n) => last.get(n) !== now)
  }
  const write = (n: number) => {
    const date = new Date(firstDate + n * 60_000).toISOString()
    const text = `What has changed is ${n}. `.repeat(100)
    writeFileSync(
      join(articles, `${n}.md`),
      `---\ntitle: Change ${n}\ndate: ${date}\n---\n${text}\n`,
    )
  }

  write(0)
  let child = start()
  let kills = 0
  let killsHalfWay = 0
  const killedAt: number[] = []
  try {
    await until(async () => (await served()) !== '', 'the first start')
    for (const n of everybody) {
      await until(async () => (await subscribers.subscribe(n)).status === 202, 'a subscription')
    }
    await until(() => subscribers.confirmed().size === everybody.length, 'verifications')
    await sleep(500)
    let isOver = false
    let isResting = false
    const changing = (async () => {
      for (let n = 1; n <= plan.changes; n += 1) {
        await until(() => !isResting, 'a start')
        write(n)
        await sleep(plan.pauseMs)
      }
      isOver = true
    })()
    while (!isOver) {
      await sleep(random.between(plan.lifeMs / 2, plan.lifeMs * 1.5))
      // The next distribution has begun; of a quiet hub there is none.
      for (let n = 0; n < 300 && subscribers.unanswered() === 0; n += 1) await sleep(5)
      await sleep(random.between(0, slowestAnswerMs / 2))
      // Else what was under way is nearly always told of with what comes after it, and nothing comes twice.
      isResting = kills % 2 === 0
      if (subscribers.unanswered() > 0) killsHalfWay += 1
      await end(child, 'SIGKILL')
      kills += 1
      killedAt.push(subscribers.count())
      child = start()
      await until(async () => (await served()) !== '', 'a start')
      await sleep(isResting ? restMs : 0)
      isResting = false
    }
    await changing
    // After a start it is served as it was, until the folder was looked at.
    const isThere = async () => String((await ask(topic)).body).includes(`Change ${plan.changes}<`)
    await until(() => isThere().catch(() => false), 'the last change')
    await until(async () => (await left()).length === 0, 'the newest').catch(() => {})
    // What was under way may come once more.
    await sleep(1000)
    const { who, what } = subscribers.receipts()
    const { repeatsAt, outOfOrder } = judge(who, what)
    const problems = [...subscribers.problems().first]
    if (printed !== '') problems.push(printed)
    return {
      ...{ kills, killsHalfWay, outOfOrder, problems },
      receipts: who.length,
      repeats: repeatsAt.length,
      mostRepeats: mostBetween(repeatsAt, killedAt),
      left: await left(),
    }
  } finally {
    await end(child, 'SIGKILL')
    await subscribers.close()
  }
}

/**
 * Documents are numbered in the order in which they came for the first time.
 * @returns at which receipts somebody was sent what they had, and how often somebody was sent what is older than what they had
 */
function judge(who: Uint32Array, what: Uint32Array) {
  const had = new Map<number, Set<number>>()
  const repeatsAt: number[] = []
  let outOfOrder = 0
  for (const [place, n] of who.entries()) {
    const document = what[place] ?? 0
    const before = had.get(n) ?? new Set()
    had.set(n, before)
    if (before.has(document)) repeatsAt.push(place)
    else if (document < Math.max(...before)) outOfOrder += 1
    before.add(document)
  }
  return { repeatsAt, outOfOrder }
}

/** The most of the places that lie between two of the others, or after the last. */
function mostBetween(places: readonly number[], bounds: readonly number[]): number {
  const counts = bounds.map((from, n) => {
    const to = bounds[n + 1] ?? Number.POSITIVE_INFINITY
    return places.filter((place) => from <= place && place < to).length
  })
  return Math.max(0, ...counts)
}
