/** One site in the process of another program, which listens, logs, and has the signals. */
import { EventEmitter } from 'node:events'
import type { Article } from './article.ts'
import { checkFirstFolder } from './articles-folder.ts'
import { assemble, type Site } from './assemble.ts'
import type { RefreshReport, RejectedFile } from './catalogue/catalogue.ts'
import { borrowedName } from './intake/borrowed-name.ts'
import type { Logger } from './log.ts'
import {
  configOfOptions,
  inOptions,
  loggerOf,
  type NewsstandOptions,
  sayingOptions,
} from './options.ts'
import { isNewsAlone, type RefreshAnswer, type Refreshed, refreshedBy } from './refresh/history.ts'
import type { Handler } from './server/plain-handler.ts'
import { type Status, statusOf } from './status/figures.ts'

/** What is told of, and with what. */
export interface NewsstandEvents {
  /** An article came out, or is another one now. */
  article: [article: Article]
  /** A look at the folder has changed something. */
  refreshed: [changes: Refreshed]
  /** A file cannot become an article, or for other reasons than before. */
  rejected: [file: RejectedFile]
}

/** What takes a listener of Node's emitter, for the events that there are: those of Node take any name. */
type Listening<This> = <Name extends keyof NewsstandEvents>(
  name: Name,
  listener: (...args: NewsstandEvents[Name]) => void,
) => This

type ListeningMethod =
  | 'on'
  | 'once'
  | 'off'
  | 'addListener'
  | 'removeListener'
  | 'prependListener'
  | 'prependOnceListener'

export interface Newsstand
  extends Omit<EventEmitter<NewsstandEvents>, ListeningMethod>,
    Record<ListeningMethod, Listening<Newsstand>> {
  /** For `app.use(path, router)`, and for `createServer(router)`. */
  readonly router: Handler
  /**
   * Looks through the folder now, and waits up to ten seconds for files that are still being written.
   * @returns what has changed since the last answer of this function, or since the start, whoever has looked meanwhile
   * @throws Error when that fails, or it is closed; the feeds stay as they were
   */
  refresh(): Promise<RefreshAnswer>
  /**
   * The figures of the status page.
   * @throws Error when it is closed
   */
  status(): Promise<Status>
  /** Ends threads and timers, and lets go of the folder of data. Close your server before. */
  close(): Promise<void>
}

/** createNewsstand(), as when-called.ts has it. */
export async function open(options: NewsstandOptions): Promise<Newsstand> {
  const { site, log } = await sayingOptions(() => openSite(options))
  const emitter = new EventEmitter<NewsstandEvents>()
  await tellOf(site, emitter)
  void site.keepUp().catch((error) => log.error({ err: error }, 'the folder cannot be watched'))
  let isClosed = false
  return Object.assign(emitter, {
    router: site.app,
    refresh: () => site.refresher.refreshAndTell(),
    status: () =>
      statusOf(site).catch((error) => {
        throw isClosed ? new Error('it is closed, and has no figures.') : error
      }),
    close() {
      isClosed = true
      return site.close()
    },
  }) as Newsstand
}

async function openSite(options: NewsstandOptions): Promise<{ site: Site; log: Logger }> {
  const config = configOfOptions(options, process.cwd())
  const log = loggerOf(options)
  for (const hint of config.hints) log.warn(inOptions(hint))
  checkFirstFolder(config)
  const borrowed = borrowedName(config)
  if (borrowed) log.warn(inOptions(borrowed))
  const site = await assemble(config, log, () => {})
  try {
    await site.open()
    return { site, log }
  } catch (error) {
    await site.close()
    throw error
  }
}

/** Passes on what refreshes find. */
async function tellOf(
  { catalogue, refresher }: Site,
  emitter: EventEmitter<NewsstandEvents>,
): Promise<void> {
  let { id } = catalogue
  let lastNumber = await catalogue.lastNumber()

  /** Those that are out and were not, or were others. */
  async function articlesOf(report: RefreshReport): Promise<Article[]> {
    const before = lastNumber
    lastNumber = await catalogue.lastNumber()
    // In one that was made anew, all have other numbers.
    const isSame = id === catalogue.id
    id = catalogue.id
    if (!isSame || emitter.listenerCount('article') === 0) return []
    const numbers = new Set(report.articles)
    for (let number = before + 1; number <= lastNumber; number += 1) numbers.add(number)
    const articles: Article[] = []
    for (const number of numbers) {
      const article = await catalogue.articleByNumber(number)
      const shown = article && (await catalogue.article(article.slug))
      const isOut = typeof shown === 'object' && shown.number === number
      if (article && isOut) articles.push(article)
    }
    return articles
  }

  refresher.onKept(async (report) => {
    if (isNewsAlone(report)) return
    const articles = await articlesOf(report)
    // What a listener throws is no fault of the refresh, nor of what else is to be told.
    for (const article of articles) setImmediate(() => emitter.emit('article', article))
    for (const file of report.rejected) setImmediate(() => emitter.emit('rejected', file))
    setImmediate(() => emitter.emit('refreshed', refreshedBy(report)))
  })
}
