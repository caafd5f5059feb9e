/** The command line. Commands load what they need, so that the quick ones are quick. */
import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { nameServed, serveCommand } from './command-text.ts'
import { type Config, ConfigError, loadConfig } from './config.ts'
import { help } from './help.ts'
import { nearestName } from './nearest-name.ts'
import { ownFile } from './own-files.ts'
import { stopSignal } from './stop-signal.ts'
import { cleanText, printable } from './text.ts'
import { LoadError } from './thread.ts'

const seeHelp = `See ${serveCommand('--help')}.`

/** A mistake of the user's: one line, and exit code 1. */
function stop(message: string): never {
  process.stderr.write(`newsstand: ${printable(message)}\n`)
  process.exit(1)
}

/** Ends a command that prints once nobody reads that, and says so when it cannot be written otherwise. */
function endWithReaders(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit()
    stop(`the output cannot be written: ${message}.`)
  })
  process.stderr.on('error', () => {})
}

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  json: { type: 'boolean' },
  name: { type: 'string' },
  url: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  out: { type: 'string' },
  watch: { type: 'boolean' },
  'no-compress': { type: 'boolean' },
  print: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    const [said = ''] = (error as Error).message.split('.')
    const [, unknown = ''] = /^Unknown option '--([^']+)'/.exec(said) ?? []
    return stop(`${said}${meantBy(unknown, Object.keys(options), '--')}. ${seeHelp}`)
  }
}

/** What somebody may have meant, for behind what they have written; '' where nothing is near. */
function meantBy(written: string, names: readonly string[], sign = ''): string {
  const meant = nearestName(written, names)
  return meant ? ` (did you mean ${sign}${meant}?)` : ''
}

const commands = ['serve', 'build', 'check', 'init', 'doctor', 'migrate'] as const
/** Which command an option is one of. */
const optionsOf = {
  ...{ json: 'check', name: 'init', url: 'init', yes: 'init' },
  ...{ out: 'build', watch: 'build', 'no-compress': 'build', print: 'build' },
  ...{ from: 'migrate', to: 'migrate' },
} as const

/** What is to be done, and with what: a folder alone is served. */
function readCommand([first = 'serve', ...others]: readonly string[]) {
  const named = commands.find((one) => one === first)
  if (named) return { command: named, paths: others }
  // A path is no misspelt command. Its folder may be away, and be served all the same.
  if (!/[/\\]/.test(first) && !isFolder(first)) {
    stop(
      `there is neither a command nor a folder "${first}"${meantBy(first, commands)}. ${seeHelp}`,
    )
  }
  return { command: 'serve', paths: [first, ...others] } as const
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/**
 * What is known of a folder that is named in the command is kept apart from what is known of others, be their names the
 * same: its way from here, as one name, in which `.` and `..` mean nothing.
 */
function dataOf(folder: string): string {
  const way = relative(process.cwd(), folder) || '.'
  const name = way.replace(/^\.|[%/\\:]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return join('.newsstand', name)
}

/** As a site may be called. The root of a disk has no name. */
const nameOf = (folder: string) => cleanText(basename(resolve(folder))).trim() || 'News'

/**
 * The settings where a folder may be named.
 * @throws ConfigError
 */
function configOf(folder: string | undefined): Config {
  if (folder === undefined) return loadConfig(process.env, process.cwd())
  const env = { ...process.env, ARTICLES_DIR: folder }
  return loadConfig(env, process.cwd(), { name: nameOf(folder), dataDir: dataOf(folder) })
}

/** The folder that is named; undefined where none is. */
function onlyFolder([folder, ...others]: readonly string[]): string | undefined {
  if (others.length > 0) stop(`name one folder at a time. ${seeHelp}`)
  if (folder !== undefined && command !== 'init') nameServed(folder)
  return folder
}

/** The folder that was served by its name, and is what is to be checked or has it in it. */
function servedAround([path]: readonly string[]): string | undefined {
  if (path === undefined) return undefined
  for (let folder = resolve(path); dirname(folder) !== folder; folder = dirname(folder)) {
    if (isFolder(dataOf(folder))) return folder
  }
  return undefined
}

/** What a site is moved to. Both ends are stated, so that nobody moves it the wrong way. */
function targetOfMove() {
  const { from, to } = values
  if (from === 'sqlite' && to === 'postgres') return to
  if (from === 'postgres' && to === 'sqlite') return to
  return stop(
    `migrate takes --from sqlite --to postgres, or --from postgres --to sqlite. ${seeHelp}`,
  )
}

const { values, positionals } = readArguments()
const { command, paths } = readCommand(positionals)
for (const [option, of] of Object.entries(optionsOf)) {
  const isGiven = values[option as keyof typeof optionsOf] !== undefined
  if (isGiven && command !== of) stop(`--${option} is an option of ${of}. ${seeHelp}`)
}

if (values.help || values.version) endWithReaders()
if (values.help) process.stdout.write(help())
else if (values.version) {
  const file = readFileSync(ownFile('package.json'), 'utf8')
  process.stdout.write(`${JSON.parse(file).version}\n`)
} else {
  try {
    if (command === 'serve') {
      const config = configOf(onlyFolder(paths))
      // Whoever stops us while the rest is loading shall see an orderly end, too.
      const signal = stopSignal()
      const { serve } = await import('./serve.ts')
      await serve(config, signal)
    } else if (command === 'build') {
      const config = configOf(onlyFolder(paths))
      endWithReaders()
      const signal = stopSignal()
      const { build } = await import('./build.ts')
      const { hostNames } = await import('./build/hosts/host-config.ts')
      const host = hostNames.find((one) => one === values.print)
      if (values.print !== undefined && host === undefined) {
        stop(`--print is ${values.print}; it prints for ${hostNames.join(' or ')}. ${seeHelp}`)
      }
      const asked = { out: values.out ?? 'dist', isWatching: values.watch === true }
      const packs = values['no-compress'] !== true
      process.exitCode = (await build(config, { ...asked, packs, host }, signal)) ? 0 : 1
    } else if (command === 'init') {
      const { init } = await import('./init.ts')
      await init(onlyFolder(paths) ?? '.', values, process.env.PORT)
    } else if (command === 'doctor') {
      const folder = onlyFolder(paths)
      endWithReaders()
      const { doctor } = await import('./doctor.ts')
      process.exitCode = (await doctor(() => configOf(folder))) ? 0 : 1
    } else if (command === 'migrate') {
      const to = targetOfMove()
      const config = configOf(onlyFolder(paths))
      endWithReaders()
      const { migrate } = await import('./migration.ts')
      process.exitCode = (await migrate(config, to)) ? 0 : 1
    } else {
      const config = configOf(servedAround(paths))
      endWithReaders()
      for (const hint of config.hints) process.stderr.write(`newsstand: ${printable(hint)}\n`)
      const { check, print } = await import('./check.ts')
      const asJson = values.json === true
      const found = await check(config, paths, asJson)
      // It is known before anything is printed: whoever reads may go away meanwhile.
      process.exitCode = found.files.some(({ kind }) => kind === 'rejected') ? 1 : 0
      print(found, asJson, config)
    }
  } catch (error) {
    if (error instanceof ConfigError || error instanceof LoadError) stop(error.message)
    throw error
  }
}
