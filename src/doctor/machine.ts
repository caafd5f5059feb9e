/** What of this machine Newsstand needs: Node, folders, and the rights to use them. */
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  realpathSync,
  rmdirSync,
  statfsSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { whereArticlesAre } from '../articles-folder.ts'
import { attempt } from '../attempt.ts'
import { checkCommand, isServedNamed } from '../command-text.ts'
import type { Config } from '../config.ts'
import { walk } from '../intake/folder.ts'
import { type Finding, note, right, wrong } from './finding.ts'

/** A catalogue of a hundred thousand articles is a gigabyte. Bytes. */
const littleSpace = 1_000_000_000
/** With less not even a refresh may be written. Bytes. */
const leastSpace = 100_000_000

/** Whose rights are looked at. */
export function foundUser(): Finding {
  const name = attempt(() => userInfo().username) ?? String(process.getuid?.() ?? 'unknown')
  const text = `This was tried as the user ${name}.`
  if (process.getuid?.() !== 0) return right('User', text)
  const remedy = 'Where Newsstand runs as another user, try again as that: sudo -u USER …'
  return note('User', `${text} root may read and write everything.`, remedy)
}

/** An older one does not come so far. */
export const foundNode = (): Finding =>
  right('Node', `This is ${process.versions.node}; 24 and newer are fine.`)

/** It may be there for another system. */
export async function foundSharp(): Promise<Finding> {
  try {
    createRequire(import.meta.url).resolve('sharp')
    await import('sharp')
    return right('Pictures', 'Readers get them in sizes that fit, made by the package sharp.')
  } catch {
    const text = 'The package sharp cannot be loaded: readers get pictures in their full size.'
    return note('Pictures', text, 'Install it where Newsstand is installed: npm install sharp.')
  }
}

export function foundArticles({ articlesDir }: Config): Finding {
  const about = 'Articles'
  const setAnother = isServedNamed()
    ? 'name the folder that has your articles.'
    : 'set ARTICLES_DIR to the folder that has your articles.'
  if (!existsSync(articlesDir)) {
    return wrong(about, `There is no folder ${articlesDir}.`, whereArticlesAre())
  }
  const root = attempt(() => realpathSync.native(articlesDir)) ?? articlesDir
  let files: { readonly path: string; readonly rejection?: object }[]
  try {
    files = [...walk(root)].map((file) => ({ ...file, ...unreadable(root, file.path) }))
  } catch {
    const remedy = `Give this user the right to read it and all folders that it is in, or ${setAnother}`
    return wrong(about, `${articlesDir} may not be read.`, remedy)
  }
  const forbidden = files.filter(({ rejection }) => rejection)
  const [first] = forbidden
  if (first) {
    const text = `${forbidden.length} of ${files.length} files in ${articlesDir} may not be read, ${first.path} among them.`
    return wrong(about, text, `Give this user the right to: chmod -R a+rX ${articlesDir}`)
  }
  if (files.length === 0) {
    const remedy = `Put a file of an article there, or ${setAnother}`
    return note(about, `${articlesDir} has none yet.`, remedy)
  }
  const count = `${files.length.toLocaleString('en')} file${files.length === 1 ? '' : 's'}`
  const text = `${articlesDir} has ${count} of the kinds that articles are, and this user may read all.`
  return right(about, `${text} What is made of them: ${checkCommand()}`)
}

/** Whether programs can put articles there. @returns undefined where none may, or there is no folder */
export function foundWriting({ articlesDir, adminToken }: Config): Finding | undefined {
  if (adminToken === undefined || !existsSync(articlesDir)) return undefined
  const about = 'Over HTTP'
  if (isWritten(articlesDir)) {
    return right(about, `ADMIN_TOKEN is set, and articles can be written into ${articlesDir}.`)
  }
  const text = `ADMIN_TOKEN is set, and nothing can be written into ${articlesDir}.`
  const remedy =
    'Give this user the right to write it; a systemd unit names it in ReadWritePaths=, and a container mounts it without "ro".'
  return wrong(about, text, remedy)
}

/** A folder that cannot be read bears its rejection already. */
const unreadable = (root: string, path: string) =>
  attempt(() => accessSync(join(root, path), constants.R_OK) ?? true) ? {} : { rejection: {} }

export function foundData({ dataDir }: Config): Finding {
  const about = 'Data'
  const place = nearest(dataDir)
  const isThere = place === dataDir
  const remedy = `Give this user the right to write ${place}, or set another DATA_DIR.`
  if (!isWritten(place)) {
    const why = isThere ? 'Nothing can be written into it' : `It cannot be made in ${place}`
    return wrong(about, `${dataDir} is of no use. ${why}.`, remedy)
  }
  const { bavail, bsize } = statfsSync(place)
  const free = bavail * bsize
  const space = `Its disk has ${(free / 1e9).toFixed(1)} GB left.`
  const text = isThere
    ? `${dataDir} can be written.`
    : `${dataDir} will be made at the first start.`
  const makeRoom = 'Make room there, or set DATA_DIR to a folder on another disk.'
  if (free < leastSpace) return wrong(about, `${text} ${space}`, makeRoom)
  return free < littleSpace
    ? note(about, `${text} ${space}`, makeRoom)
    : right(about, `${text} ${space}`)
}

/** Rights alone do not tell: a disk may be mounted for reading, or full. */
const isWritten = (folder: string): boolean =>
  attempt(() => {
    // Hidden: it is no business of whoever reads the folder.
    rmdirSync(mkdtempSync(join(folder, '.newsstand-doctor-')))
    return true
  }) ?? false

/** The folder, or the innermost one above it that is there. */
const nearest = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder))
