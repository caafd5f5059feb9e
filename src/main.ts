/** The command line. Commands load what they need, so that the quick ones are quick. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ConfigError, loadConfig, settings } from './config.ts'
import { printable } from './text.ts'

const help = () => `Newsstand turns a folder of articles into RSS 2.0, Atom 1.0 and JSON Feed 1.1.

Usage
  newsstand [serve]          Serves the feeds and keeps them up to date.
  newsstand check [path…]    Reads article files, or folders of them, and says what was understood.
                             Without a path: the articles folder. Exit code 1 if a file was rejected.
  newsstand --help
  newsstand --version

Settings (environment, or newsstand.config.json in this folder; the environment wins)
${Object.entries(settings)
  .map(([name, { fallback, help }]) => entry(name, help, fallback && `Default: ${fallback}`))
  .join('\n')}
`

/** Columns of a line, and before the texts of the settings. */
const lineWidth = 100
const indent = 4 + Math.max(...Object.keys(settings).map((name) => name.length))

/** A setting, with its text in lines below each other; its default stays in one of them. */
function entry(name: string, help: string, fallback: string): string {
  const lines = ['']
  for (const word of [...help.split(' '), fallback]) {
    const line = `${lines.at(-1)} ${word}`.trim()
    if (indent + line.length <= lineWidth) lines[lines.length - 1] = line
    else lines.push(word)
  }
  return lines.map((line, n) => (n === 0 ? `  ${name}` : '').padEnd(indent) + line).join('\n')
}

/** A mistake of the user's: one line, and exit code 1. */
function stop(message: string): never {
  process.stderr.write(`newsstand: ${printable(message)}\n`)
  process.exit(1)
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } },
    })
  } catch (error) {
    return stop(`${(error as Error).message.split('.')[0]}. See newsstand --help.`)
  }
}

const { values, positionals } = readArguments()
const [command = 'serve', ...paths] = positionals

if (values.help) process.stdout.write(help())
else if (values.version) {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  process.stdout.write(`${JSON.parse(file).version}\n`)
} else {
  try {
    const config = loadConfig(process.env, process.cwd())
    if (command === 'serve' && paths.length === 0) {
      const { serve } = await import('./serve.ts')
      await serve(config)
    } else if (command === 'check') {
      for (const hint of config.hints) process.stderr.write(`newsstand: ${printable(hint)}\n`)
      const { check } = await import('./check.ts')
      process.exitCode = (await check(config, paths)) ? 0 : 1
    } else stop(`unknown command "${positionals.join(' ')}". See newsstand --help.`)
  } catch (error) {
    if (error instanceof ConfigError) stop(error.message)
    throw error
  }
}
