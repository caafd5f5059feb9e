/** Files that are data and no articles, of which the name alone does not tell: JSON may be a story of an agency. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { attempt } from '../attempt.ts'
import { isArticleAmongOthers, isMostlyOther } from './formats/input-formats.ts'
import { needText } from './needs.ts'
import { mostFileBytes, readBytes, useFile } from './open-file.ts'

/** So many files are known at a time: a page may lead to one by thousands of links. */
const mostKnown = 100

/** By the whole path of a file, and what it was when it was looked at. */
const known = new Map<string, boolean>()

/**
 * Whether the file that an article leads to is data. The article is read again when it is another file.
 * @param root the articles folder
 * @param path of a file that is there, relative to it
 */
export function isData(root: string, path: string): boolean {
  if (!isMostlyOther(path)) return false
  needText(root, path)
  const stat = attempt(() => statSync(join(root, path)))
  const version = `${join(root, path)} ${stat?.size} ${stat?.mtimeMs}`
  const before = known.get(version)
  if (before !== undefined) return before
  const found = attempt(() =>
    useFile(root, path, (file, { size }) => {
      return size <= mostFileBytes && isArticleAmongOthers(readBytes(file, size), path)
    }),
  )
  // What cannot be read now is known of no better for it.
  if (found === undefined) return false
  if (known.size >= mostKnown) known.clear()
  known.set(version, !found)
  return !found
}
