/** The project as it is where npm has left out what is optional. */
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** @param copy an empty folder @returns that of the sources in it */
export function copyWithoutSharp(copy: string): string {
  for (const name of ['src', 'public', 'package.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  const packages = join(root, 'node_modules')
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(packages)) {
    if (['sharp', '@img', '.cache'].includes(name)) continue
    symlinkSync(join(packages, name), join(copy, 'node_modules', name))
  }
  return join(copy, 'src/')
}
