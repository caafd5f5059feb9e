/**
 * Several processes that answer readers on one port, and this one, which refreshes and has all that there is once. It listens on the port
 * of the status page alone. Each worker reads the catalogue by itself; what it cannot have by itself it asks for here.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Front } from '../alone.ts'
import { DamageError } from '../catalogue/damage.ts'
import { type Config, ConfigError } from '../config.ts'
import type { Logger } from '../log.ts'
import type { OtherServers } from '../reading.ts'
import { createRefreshing, type Refreshing } from '../refreshing.ts'
import { checkPort } from '../server/listener.ts'
import { type Member, startMember } from './member.ts'
import type { Downloads, Report, Told } from './messages.ts'

/** A refresh waits so long at most until all have taken it in; one that does not is looked after below. */
const patienceMs = 5000
/** Figures wait so long for those who have counted some. */
const collectMs = 1000
/** Each is asked for a report so often. One that has said nothing so many times hangs, and is replaced. */
const reportEveryMs = 1000
const mostUnanswered = 20
/** One that ends sooner than that is started again later and later: what ends it may be there to stay. */
const soonMs = 10_000
const longestPauseMs = 30_000
/** At the start one that ends before it listens is started so often: then something is wrong that stays. */
const mostStarts = 3

/**
 * @param stop aborted when all has to be closed: one that ends then is not replaced
 * @throws ConfigError when the port cannot be had, or no worker listens
 * @throws the reason of `stop` when it is aborted before all listen
 */
export async function listenTogether(
  config: Config,
  log: Logger,
  stop: AbortSignal,
): Promise<Front> {
  const { port, host, workers: count } = config
  await checkPort({ port, host, names: ['PORT', 'HOST'], onFault: () => {} })
  /** By their numbers, from 1. */
  const members = new Map<number, Member>()
  /** Has loaded everything, which takes a second where all cores are busy, and waits for the place of one that dies. */
  let spare: Member | undefined
  /** How often in a row the one of a number has ended soon after its start. */
  const soonEnds = new Map<number, number>()
  let refreshing: Refreshing | undefined
  let allHaveListened = false
  let isOpen = false
  const closing = new AbortController()
  stop.addEventListener('abort', () => closing.abort(stop.reason))

  /** @throws Error in the worker that asks too early */
  function parts(): Refreshing {
    if (!refreshing) throw new Error('there is no site yet')
    return refreshing
  }

  function told(): Told {
    const { condition, statistics } = parts()
    return {
      unready: condition.unready(),
      refusal: condition.refusal(),
      degraded: condition.degraded(),
      salt: statistics.audience.saltOfToday(),
    }
  }

  /** What they count is added up where statistics are kept. */
  function add({ tallies, audience, ...taken }: Report, member: Member): void {
    member.note(taken)
    // Until there is a site nothing is answered that counts.
    refreshing?.traffic.add(tallies)
    if (audience) refreshing?.statistics.audience.add(audience)
  }

  /** What a worker asks for. */
  const methodsOf = (member: () => Member) => ({
    async begin() {
      await member().placed
      return { config, told: isOpen ? told() : undefined }
    },
    /** In place of listening. */
    failed: (message: string) => log.error(`a worker cannot serve: ${message}`),
    log: (level: keyof Logger, ...args: [string]) => log[level](...args),
    /** Before it ends by itself. */
    report: (report: Report) => add(report, member()),
    downloaded(downloads: Downloads) {
      for (const other of members.values()) {
        if (other !== member()) void other.ask('downloaded', downloads).catch(() => {})
      }
    },
    find: (...args: Parameters<Refreshing['search']['find']>) => parts().search.find(...args),
    fit: (...args: Parameters<Refreshing['pictures']['find']>) => parts().pictures.find(...args),
    lose: (name: string) => parts().pictures.lose(name),
    hub: (form: string, from: string) =>
      parts().deliveries.request(new URLSearchParams(form), from),
    async repair(message: string, id: string | undefined) {
      const { catalogue } = parts()
      // Several find the same damage.
      if (id !== undefined && id !== catalogue.id) return
      await catalogue.repairIfDamaged(new DamageError(message))
    },
  })

  function spawn(): Member {
    const methods = methodsOf(() => member)
    const member: Member = startMember(methods, (how) => void replace(member, how))
    return member
  }

  function start(number: number): Member {
    const member = spare ?? spawn()
    spare = undefined
    members.set(number, member)
    member.place(number)
    return member
  }

  /** Done when it listens, or another in its place does. @throws as `listenTogether` does */
  async function listening(number: number): Promise<void> {
    for (let starts = 1; ; starts += 1) {
      try {
        return await start(number).listening
      } catch (error) {
        closing.signal.throwIfAborted()
        if (error instanceof ConfigError) throw error
        const how = `${(error as Error).message}, before it listened`
        if (starts === mostStarts) {
          throw new ConfigError(`WORKERS is ${count}; ${how}, ${mostStarts} times in a row.`)
        }
        log.error(`${how}; another takes its place now`)
      }
    }
  }

  /** Not before there is a site, whose first reading it would slow down. */
  function keepSpare(): void {
    if (!isOpen || closing.signal.aborted) return
    try {
      spare ??= spawn()
    } catch (error) {
      log.error(`a spare worker cannot be started: ${(error as Error).message}`)
    }
  }

  async function replace(member: Member, how: string): Promise<void> {
    const { number, name, pid, started } = member
    if (member === spare) spare = undefined
    // At the start by who waits until all listen.
    if (closing.signal.aborted || !allHaveListened) return
    const isSoon = Date.now() - started.getTime() < soonMs
    const ends = isSoon ? (soonEnds.get(number) ?? 0) + 1 : 0
    soonEnds.set(number, ends)
    const pauseMs = ends < 2 ? 0 : Math.min(longestPauseMs, 125 * 2 ** ends)
    const when = pauseMs === 0 ? 'now' : `in ${pauseMs / 1000} s`
    log.error(`${name} (process ${pid}) has ended: ${how}; another takes its place ${when}`)
    await sleep(pauseMs, undefined, { ref: false, signal: closing.signal }).catch(() => {})
    if (closing.signal.aborted) return
    if (number > 0) {
      await start(number).listening.catch((error) => {
        // That it has ended is told as well.
        if (error instanceof ConfigError) log.error(`${name}: ${error.message}`)
      })
    }
    keepSpare()
  }

  const withSpare = () => [...members.values(), ...(spare ? [spare] : [])]

  const ofAll = (act: (member: Member) => Promise<void>) =>
    Promise.all([...members.values()].map(act))

  /** Those that cannot do it end, and are replaced. */
  const askAll = (method: string, ...args: unknown[]) =>
    ofAll(async (member) => {
      try {
        await member.ask(method, ...args)
      } catch (error) {
        if (member.hasEnded()) return
        log.error(`${member.name} does not follow: ${(error as Error).message}`)
        member.kill()
      }
    })

  const others: OtherServers = {
    update: ({ channels, articles, isNewsOther }, refreshed) =>
      within(patienceMs, askAll('update', { channels, articles, isNewsOther }, refreshed)),
    clear: () => void askAll('clear'),
  }

  /** Tells it what the condition is, and adds what it has counted. */
  async function ask(member: Member): Promise<void> {
    const report = await member.ask('report', isOpen ? told() : undefined).catch(() => undefined)
    if (report) add(report as Report, member)
  }

  const collect = () => within(collectMs, ofAll(ask))

  async function close(): Promise<void> {
    closing.abort()
    clearInterval(reporting)
    const ends = withSpare().map(async (member) => {
      const report = await member.stop()
      if (report) add(report, member)
    })
    await Promise.all(ends)
  }

  const reporting = setInterval(() => {
    for (const member of withSpare()) {
      if (member.hasEnded()) continue
      if (member.countSilence() > mostUnanswered) {
        log.error(`${member.name} does not answer, and is ended`)
        member.kill()
      } else void ask(member)
    }
  }, reportEveryMs).unref()

  try {
    await Promise.all(Array.from({ length: count }, (_, index) => listening(index + 1)))
    allHaveListened = true
    for (const one of members.values()) {
      if (one.hasEnded()) void replace(one, 'while others had yet to listen')
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    async assemble(onProgress) {
      refreshing = await createRefreshing(config, log, onProgress, others)
      const figures = () => [...members.values()].map((member) => member.figures())
      return { ...refreshing, collect, workers: figures }
    },
    async open() {
      isOpen = true
      // What keeps one of them from serving keeps all.
      await ofAll(async (member) => {
        await member.ask('open', told()).catch((error) => {
          if (!member.hasEnded()) throw error
        })
      })
      keepSpare()
    },
    close,
  }
}

/** Waits for it, but not for ever. */
async function within(patience: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(patience, undefined, { ref: false })])
}
