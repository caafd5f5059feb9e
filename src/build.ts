/** The command `build`: writes the site as files into a folder, once or for as long as it runs. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { amiss, counted } from './announce.ts'
import { checkFirstFolder, whereArticlesAre } from './articles-folder.ts'
import type { HostName } from './build/hosts/host-config.ts'
import { ofOutdated, printFor } from './build/hosts/printed.ts'
import { hubHint } from './build/hub-hint.ts'
import { type Ledger, openLedger } from './build/ledger.ts'
import { OutFolder, type Tally } from './build/out-folder.ts'
import { writeSite } from './build/site-writer.ts'
import { BuildError, isOfDatabase } from './build/write-whole.ts'
import { InUseError } from './catalogue/folder-lock.ts'
import { type Config, ConfigError } from './config.ts'
import type { Logger } from './log.ts'
import { isLocal } from './namespace.ts'
import { ownFile } from './own-files.ts'
import { createProgress } from './progress.ts'
import { openReading, type Reading } from './reading.ts'
import type { Refresher } from './refresh.ts'
import { FittedPictures } from './server/fitted-pictures.ts'
import { printable } from './text.ts'

export interface BuildOptions {
  /** The out folder. */
  readonly out: string
  readonly isWatching: boolean
  /** Whether packed files lie beside those that compress. */
  readonly packs: boolean
  /** The host whose configuration is printed at the end. */
  readonly host: HostName | undefined
}

/**
 * @param stop ends it, between two files
 * @returns whether everything could be written
 * @throws ConfigError when a setting or the out folder cannot be used
 */
export async function build(
  config: Config,
  options: BuildOptions,
  stop: AbortSignal,
): Promise<boolean> {
  checkFirstFolder(config, whereArticlesAre())
  const root = outFolderOf(options.out, config)
  for (const hint of config.hints) say(`newsstand: ${hint}`)
  await using opened = new AsyncDisposableStack()
  const reading = await read(config, opened)
  const { catalogue, refresher, serving } = reading
  const pictures = new FittedPictures(config, log)
  opened.defer(() => pictures.close())
  const ledger = ledgerOf(root, config)
  opened.defer(() => ledger.close())
  const out = new OutFolder(root, ledger, options.packs)
  const parts = {
    ...{ catalogue, selection: serving.selection, pages: serving.pages, pictures },
    ...{ config, ledger, out, stop, program: `${programState()} ${options.packs}` },
  }

  const hosted = { catalogue, config, out: root }

  async function write(): Promise<boolean> {
    const started = performance.now()
    const tally = await writeSite(parts, createProgress('Writing files'))
    const counts = await catalogue.counts()
    const seconds = (performance.now() - started) / 1000
    for (const line of summary(tally, counts, root, seconds)) say(line)
    return tally.faults.length === 0
  }

  async function sayOutdated(): Promise<void> {
    for (const line of await ofOutdated(hosted, ledger)) say(line)
  }

  if (stop.aborted) return stopped()
  stop.addEventListener('abort', () => void refresher.stop())
  if (options.isWatching) await refresher.refreshUntilDone()
  else await refreshOnce(refresher)
  if (stop.aborted) return stopped()
  out.check()
  // From here on, so that what comes while files are being written is written after them.
  let wake = Promise.withResolvers<void>()
  refresher.onKept(() => wake.resolve())
  if (options.isWatching) reading.keepUp()
  else await refresher.timers.stop()
  try {
    let isWhole = await write()
    if (isLocal(config.baseUrl)) say(ofLocal(config.baseUrl))
    for (const hint of hubHint(config)) say(hint)
    if (options.host) {
      process.stdout.write(await printFor(options.host, hosted, ledger))
    } else await sayOutdated()
    if (!options.isWatching) return isWhole
    say(`It goes on so with each change of ${config.articlesDir} (Ctrl-C ends it).`)
    const end = stop.aborted ? undefined : once(stop, 'abort')
    for (;;) {
      await Promise.race([wake.promise, end])
      if (stop.aborted) return isWhole
      wake = Promise.withResolvers<void>()
      isWhole = await write()
      await sayOutdated()
    }
  } catch (error) {
    if (stop.aborted) return stopped()
    const { message } = error as Error
    if (isOfDatabase(error)) {
      throw new ConfigError(
        `DATA_DIR is ${config.dataDir}; what was written cannot be noted there: ${message}. Make room, and build again: that makes it right.`,
      )
    }
    if (!(error instanceof BuildError)) throw error
    throw new ConfigError(message)
  }
}

const say = (text: string) => void process.stderr.write(`${printable(text)}\n`)

/** Sentences for whoever has typed the command, or reads what it has printed somewhere: the summary has the rest. */
const log: Logger = {
  info() {},
  warn: say,
  error: (first: object | string, message?: string) => say(message ?? String(first)),
}

/** @throws ConfigError where its catalogue cannot be opened */
async function read(config: Config, opened: AsyncDisposableStack): Promise<Reading> {
  try {
    return await openReading(config, log, createProgress('Reading articles'), opened)
  } catch (error) {
    if (!((error as Error).cause instanceof InUseError)) throw error
    throw new ConfigError(
      `DATA_DIR is ${config.dataDir}, which another Newsstand uses, a live one or a build. Stop that one for as long as the build takes, ` +
        'or set DATA_DIR to another folder for the build.',
    )
  }
}

/** @throws ConfigError where the articles cannot be read: nobody waits until they can */
async function refreshOnce(refresher: Refresher): Promise<void> {
  try {
    await refresher.refreshAndTell()
  } catch {
    const problem = refresher.problem()
    if (problem) throw new ConfigError(`Nothing was written. ${problem}`)
  }
}

/** What was written into this folder before. @throws ConfigError where that cannot be known */
function ledgerOf(root: string, { dataDir }: Config): Ledger {
  const name = createHash('sha1').update(root).digest('hex').slice(0, 16)
  const path = join(dataDir, 'builds', `${name}.sqlite`)
  try {
    return openLedger(path)
  } catch (error) {
    throw new ConfigError(
      `${path} cannot be used: ${(error as Error).message}. It says what was written into ${root}; ` +
        'where it is damaged, remove both, and everything is written anew.',
    )
  }
}

function summary(
  { written, unchanged, removed, bytes, notes, faults }: Tally,
  counts: { articles: number; rejections: number; notes: number },
  root: string,
  seconds: number,
): string[] {
  const count = (number: number) => number.toLocaleString('en')
  const size = `${(bytes / 1e6).toFixed(1)} MB`
  return [
    ...faults,
    ...notes,
    `${counted(counts.articles, 'article')}, ${amiss(counts)}.`,
    `${relative(process.cwd(), root) || root}: ${count(written)} written (${size}), ${count(unchanged)} unchanged, ${count(removed)} removed, in ${seconds.toFixed(1)} s.`,
  ]
}

function stopped(): false {
  // A bar has no end of its line yet.
  say(
    `${process.stderr.isTTY ? '\n' : ''}Stopped. What is written stays; the next build goes on from it.`,
  )
  return false
}

const ofLocal = (baseUrl: string) =>
  `BASE_URL is ${baseUrl}, so the feeds name addresses that only this machine reaches: set it to where the site will be, as in BASE_URL=https://news.example, and build again.`

/** Makes the out folder. @throws ConfigError where it cannot be one */
function outFolderOf(out: string, { articlesDir, dataDir }: Config): string {
  const root = realOf(resolve(out))
  const others = [
    ['the articles folder', articlesDir],
    ['DATA_DIR', dataDir],
    ['the folder of this program', ownFile('.')],
  ] as const
  for (const [what, folder] of others) {
    const real = realOf(folder)
    if (`${real}${sep}`.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw new ConfigError(`--out is ${root}: ${what} is that or lies in it; name another folder.`)
    }
    if (what === 'the articles folder' && root.startsWith(real + sep)) {
      const beside = relative(process.cwd(), join(dirname(real), basename(root)))
      throw new ConfigError(
        `--out is ${root}, in the articles folder, where it would be read; name another folder, such as --out ${beside}.`,
      )
    }
  }
  try {
    mkdirSync(root, { recursive: true })
  } catch (error) {
    throw new ConfigError(`--out is ${root}, and that cannot be made: ${(error as Error).message}.`)
  }
  return root
}

/** A path without links, be there something or not. */
function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(resolve(path))
    return parent === path ? path : join(realOf(parent), basename(path))
  }
}

/** Another with each change of the program: of the package its version, of a clone the times of its files as well. */
function programState(): string {
  const { version } = JSON.parse(readFileSync(ownFile('package.json'), 'utf8'))
  const times = ['public', 'src'].flatMap((name) => {
    const folder = ownFile(name)
    if (!existsSync(folder)) return []
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    return files.map((file) => statSync(join(folder, file)).mtimeMs)
  })
  return `${version} ${createHash('sha1').update(times.join(' ')).digest('hex')}`
}
