/**
 * What reading an article looked at besides its own file, so that it is read again when that is otherwise. A need is a
 * line: `+path` for a file that was found, `-state name` for a name of which no file was found, or by which one was found
 * wherever it lies, `@state` for the files in which a site names its authors, `=state path` for a file whose text is part of
 * the article's, or would be if it were there, and for the folder of a bundle.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { hash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { attempt } from '../attempt.ts'

/** So many of one article are known: no article has as many pictures. */
const mostNeeds = 300

/** Of so many files of one name none is meant. */
export const mostOfName = 1000

const underWay = new AsyncLocalStorage<Set<string>>()

/** @returns what `read` gives, and what it has needed: lines as they are kept */
export async function withNeeds<T>(
  read: () => Promise<T>,
): Promise<{ readonly result: T; readonly needs: string }> {
  const needs = new Set<string>()
  const result = await underWay.run(needs, read)
  return { result, needs: [...needs].join('\n') }
}

function note(need: () => string): void {
  const needs = underWay.getStore()
  if (!needs || needs.size >= mostNeeds) return
  const line = need()
  // A line of two lines would be two needs.
  if (!line.includes('\n')) needs.add(line)
}

/** @param path of a file that was found, relative to the articles folder */
export const needFile = (path: string): void => note(() => `+${path}`)

/** @param paths gives those of the files that have this name */
export const needName = (root: string, name: string, paths: () => readonly string[]): void =>
  note(() => `-${stateOf(root, paths())} ${name}`)

/** @param path of a file that was read or looked for, or of a folder, relative to the articles folder */
export const needText = (root: string, path: string): void =>
  note(() => `=${stateOf(root, [path])} ${path}`)

/** @param paths of the files in which authors may be named */
export const needAuthors = (root: string, paths: readonly string[]): void =>
  note(() => `@${stateOf(root, paths)}`)

/**
 * Changes when one of these files comes, goes or changes; without blanks.
 * @param root the articles folder
 * @param paths relative to it
 */
export function stateOf(root: string, paths: readonly string[]): string {
  if (paths.length === 0) return '0'
  if (paths.length >= mostOfName) return 'many'
  const states = [...paths].sort().map((path) => {
    const stat = attempt(() => statSync(join(root, path), { throwIfNoEntry: false }))
    return `${path} ${stat?.size} ${stat?.mtimeMs}`
  })
  return hash('sha256', states.join('\n'), 'base64url').slice(0, 12)
}

/** By which files of one name are known, whatever the case of their letters. */
export function plainName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  // Nearly all are plain, and to find that out is quicker.
  return beyondAscii.test(name) ? name.normalize() : name
}

const beyondAscii = /[^ -~]/
