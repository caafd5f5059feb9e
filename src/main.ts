/** The command line. Commands load what they need, so that the quick ones are quick. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkCommand } from './command-text.ts'
import { ConfigError, loadConfig } from './config.ts'
import { help } from './help.ts'
import { ownFile } from './own-files.ts'
import { stopSignal } from './stop-signal.ts'
import { printable } from './text.ts'

const seeHelp = `See ${checkCommand('--help')}.`

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

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        json: { type: 'boolean' },
      },
    })
  } catch (error) {
    return stop(`${(error as Error).message.split('.')[0]}. ${seeHelp}`)
  }
}

const { values, positionals } = readArguments()
const [command = 'serve', ...paths] = positionals
if (values.json && command !== 'check') stop(`--json is an option of check. ${seeHelp}`)

if (values.help || values.version) endWithReaders()
if (values.help) process.stdout.write(help())
else if (values.version) {
  const file = readFileSync(ownFile('package.json'), 'utf8')
  process.stdout.write(`${JSON.parse(file).version}\n`)
} else {
  try {
    const config = loadConfig(process.env, process.cwd())
    if (command === 'serve' && paths.length === 0) {
      // Whoever stops us while the rest is loading shall see an orderly end, too.
      const signal = stopSignal()
      const { serve } = await import('./serve.ts')
      await serve(config, signal)
    } else if (command === 'check') {
      endWithReaders()
      for (const hint of config.hints) process.stderr.write(`newsstand: ${printable(hint)}\n`)
      const { check, print } = await import('./check.ts')
      const asJson = values.json === true
      const found = await check(config, paths, asJson)
      // It is known before anything is printed: whoever reads may go away meanwhile.
      process.exitCode = found.files.some(({ kind }) => kind === 'rejected') ? 1 : 0
      print(found, asJson, config)
    } else stop(`unknown command "${positionals.join(' ')}". ${seeHelp}`)
  } catch (error) {
    if (error instanceof ConfigError) stop(error.message)
    throw error
  }
}
