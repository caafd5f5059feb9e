/** The command `build`: writes the site as files into a folder, once or for as long as it runs. */

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { checkFirstFolder, folderToRead, whereArticlesAre } from './articles-folder.ts'
import { type HostName, hostConfig } from './build/hosts/host-config.ts'
import { openLedger } from './build/ledger.ts'
import { BuildError, OutFolder, type Tally } from './build/out-folder.ts'
import { writeSite } from './build/site-writer.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import { InUseError } from './catalogue/folder-lock.ts'
import { createSelection } from './channels/selection.ts'
import { checkCommand } from './command-text.ts'
import { type Config, ConfigError } from './config.ts'
import { fingerprintOf } from './intake/fingerprint.ts'
import { createIntake } from './intake/intake.ts'
import type { Logger } from './log.ts'
import { isLocal } from './namespace.ts'
import { ownFile } from './own-files.ts'
import { createProgress } from './progress.ts'
import { Refresher } from './refresh.ts'
import { openCatalogue } from './refreshing.ts'
import { createSearch } from './search/search.ts'
import { FittedPictures } from './server/fitted-pictures.ts'
import { createServing } from './serving.ts'
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
  const intake = createIntake(config)
  opened.defer(() => intake.close())
  const catalogue = await catalogueOf(config)
  opened.defer(() => catalogue.close())
  const newFolder = folderToRead(config.articlesDir, await catalogue.folder())
  const search = createSearch(config, catalogue, () => {})
  opened.defer(() => search.close())
  const selection = createSelection(catalogue, search, config)
  const { pages, update } = createServing(catalogue, search, config)
  const pictures = new FittedPictures(config, log)
  opened.defer(() => pictures.close())
  const reading = createProgress('Reading articles')
  const fingerprint = fingerprintOf(config)
  const refresher = new Refresher(
    { intake, catalogue, search, tellServers: update, log, newFolder, fingerprint },
    reading,
  )
  opened.defer(() => refresher.stop())
  const name = createHash('sha1').update(root).digest('hex').slice(0, 16)
  const ledger = openLedger(join(config.dataDir, 'builds', `${name}.sqlite`))
  opened.defer(() => ledger.close())
  const out = new OutFolder(root, ledger, options.packs)
  const program = `${programState()} ${options.packs}`
  const parts = { catalogue, selection, pages, pictures, config, ledger, out, program, stop }

  async function write(): Promise<boolean> {
    const started = performance.now()
    const tally = await writeSite(parts, createProgress('Writing files'))
    const counts = await catalogue.counts(Date.now())
    const seconds = (performance.now() - started) / 1000
    for (const line of summary(tally, counts, root, seconds)) say(line)
    return tally.faults.length === 0
  }

  stop.addEventListener('abort', () => void refresher.stop())
  await refresher.refreshUntilDone()
  if (stop.aborted) return false
  out.check()
  try {
    let isWhole = await write()
    if (isLocal(config.baseUrl)) say(ofLocal(config.baseUrl))
    if (options.host) {
      const asked = { catalogue, config, now: Date.now(), out: root }
      process.stdout.write(await hostConfig(options.host, asked))
    }
    if (!options.isWatching || stop.aborted) return isWhole
    let isAsked = false
    const stopped = once(stop, 'abort')
    let wake = Promise.withResolvers<void>()
    refresher.onKept(() => {
      isAsked = true
      wake.resolve()
    })
    intake.watch(({ paths }) => {
      if (paths.length > 0) void refresher.refresh(paths)
    })
    refresher.timers.start(config.refreshCron, config.timeZone)
    while (!stop.aborted) {
      await Promise.race([wake.promise, stopped])
      if (!isAsked) continue
      isAsked = false
      wake = Promise.withResolvers<void>()
      isWhole = await write()
    }
    return isWhole
  } catch (error) {
    if (stop.aborted) return false
    if (!(error instanceof BuildError)) throw error
    throw new ConfigError(error.message)
  }
}

const say = (text: string) => void process.stderr.write(`${printable(text)}\n`)

/** Sentences for whoever has typed the command, or reads what it has printed somewhere: the summary has the rest. */
const log: Logger = {
  info() {},
  warn: say,
  error: (first: object | string, message?: string) => say(message ?? String(first)),
}

/** @throws ConfigError where it cannot be opened */
async function catalogueOf(config: Config): Promise<Catalogue> {
  try {
    return await openCatalogue(config)
  } catch (error) {
    if (!((error as Error).cause instanceof InUseError)) throw error
    throw new ConfigError(
      `DATA_DIR is ${config.dataDir}, which another Newsstand uses, a live one or a build. Stop that one for as long as the build takes, ` +
        'or set DATA_DIR to another folder for the build.',
    )
  }
}

function summary(
  { written, unchanged, removed, bytes, notes, faults }: Tally,
  about: { articles: number; rejections: number; notes: number },
  root: string,
  seconds: number,
): string[] {
  const count = (number: number) => number.toLocaleString('en')
  const size = `${(bytes / 1e6).toFixed(1)} MB`
  return [
    ...faults,
    ...notes,
    readFrom(about),
    `${relative(process.cwd(), root) || root}: ${count(written)} written (${size}), ${count(unchanged)} unchanged, ${count(removed)} removed, in ${seconds.toFixed(1)} s.`,
  ]
}

const ofLocal = (baseUrl: string) =>
  `BASE_URL is ${baseUrl}, so the feeds name addresses that only this machine reaches: set it to where the site will be, as in BASE_URL=https://news.example, and build again.`

function readFrom({ articles, rejections, notes }: Record<string, number>): string {
  const count = (number = 0, thing = '') =>
    `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`
  const noted = notes ? `, ${count(notes, 'note')}` : ''
  const hint = rejections || notes ? ` ("${checkCommand()}" says more)` : ''
  return `${count(articles, 'article')}, ${count(rejections, 'file')} rejected${noted}${hint}.`
}

/** Makes the out folder. @throws ConfigError where it cannot be one */
function outFolderOf(out: string, { articlesDir, dataDir }: Config): string {
  const wanted = resolve(out)
  try {
    mkdirSync(wanted, { recursive: true })
  } catch (error) {
    throw new ConfigError(
      `--out is ${wanted}, and that cannot be made: ${(error as Error).message}.`,
    )
  }
  const root = realpathSync(wanted)
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
      throw new ConfigError(
        `--out is ${root}, in the articles folder, where it would be read; name another folder.`,
      )
    }
  }
  return root
}

function realOf(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return resolve(folder)
  }
}

/** Another with each change of what renders: of the package its version, of a clone the times of its files. */
function programState(): string {
  const { version } = JSON.parse(readFileSync(ownFile('package.json'), 'utf8'))
  const folders = ['public', 'src/pages', 'src/pages/templates', 'src/channels', 'src/words']
  const times = folders.flatMap((folder) => {
    const path = ownFile(folder)
    try {
      return readdirSync(path).map((name) => statSync(join(path, name)).mtimeMs)
    } catch {
      return []
    }
  })
  return `${version} ${createHash('sha1').update(times.join(' ')).digest('hex')}`
}
