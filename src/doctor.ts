/** The command `doctor`: what is right where Newsstand is to run, and what is not, with what to do. Changes nothing. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Config, ConfigError } from './config.ts'
import { configFile } from './config-file.ts'
import { foundAddress } from './doctor/base-address.ts'
import { foundDatabase } from './doctor/database.ts'
import { type Finding, note, right, wrong } from './doctor/finding.ts'
import {
  foundArticles,
  foundData,
  foundNode,
  foundSharp,
  foundUser,
  foundWriting,
} from './doctor/machine.ts'
import { foundAdminPort, foundPort } from './doctor/ports.ts'
import { borrowedName } from './intake/borrowed-name.ts'
import { printable } from './text.ts'

/**
 * Prints what it finds, each as soon as it is found.
 * @param load reads the settings
 * @returns whether nothing is wrong
 */
export async function doctor(load: () => Config): Promise<boolean> {
  const findings: Finding[] = []
  for await (const finding of examine(load)) {
    findings.push(finding)
    process.stdout.write(textOf(finding))
  }
  const count = (kind: Finding['kind']) => findings.filter((one) => one.kind === kind).length
  process.stdout.write(`\n${summary(count('wrong'), count('note'))}\n`)
  return count('wrong') === 0
}

async function* examine(load: () => Config): AsyncGenerator<Finding> {
  yield foundNode()
  yield foundUser()
  let config: Config
  try {
    config = load()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    yield wrong('Settings', error.message, 'Mend that first: all else depends on it.')
    return
  }
  yield foundSettings()
  for (const hint of config.hints) yield note('Settings', `${hint}.`)
  const borrowed = borrowedName(config)
  if (borrowed) yield note('Name', `${borrowed}.`)
  yield foundArticles(config)
  const writing = foundWriting(config)
  if (writing) yield writing
  yield foundData(config)
  yield await foundSharp()
  yield* foundDatabase(config)
  const { finding, answering } = await foundPort(config)
  yield finding
  yield await foundAdminPort(config, answering.by === 'newsstand')
  try {
    yield* foundAddress(config, answering)
  } finally {
    if (answering.by === 'doctor') await answering.stand.close()
  }
}

function foundSettings(): Finding {
  const path = resolve(configFile)
  return existsSync(path)
    ? right('Settings', `What ${path} and the environment set is allowed.`)
    : right('Settings', `What the environment sets is allowed; there is no ${path}.`)
}

/** Columns of a line, and before its text. */
const lineWidth = 100
const indent = 21

function textOf({ kind, about, text, remedy }: Finding): string {
  const head = `${kind.padEnd(7)}${about}`
  const lines = linesOf(text)
  if (remedy) lines.push(...linesOf(`→ ${remedy}`))
  return lines.map((line, n) => `${(n === 0 ? head : '').padEnd(indent)}${line}\n`).join('')
}

/** What is copied, such as an address or a path, stays in one line. */
function linesOf(text: string): string[] {
  const lines = ['']
  for (const word of printable(text).split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim()
    if (indent + line.length <= lineWidth || lines.at(-1) === '') lines[lines.length - 1] = line
    else lines.push(word)
  }
  return lines
}

function summary(faults: number, notes: number): string {
  const noted = notes === 1 ? '1 thing is worth knowing' : `${notes} things are worth knowing`
  const also = notes > 0 ? `; ${noted}` : ''
  if (faults === 0) return `Nothing is wrong${also}.`
  return `${faults === 1 ? '1 thing is' : `${faults} things are`} wrong${also}.`
}
