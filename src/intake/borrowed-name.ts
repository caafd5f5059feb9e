/** Says where the name of the samples' publisher stands above the articles of somebody else. */
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { attempt } from '../attempt.ts'
import type { Config } from '../config.ts'
import { samplePublisher } from '../settings.ts'
import { walk } from './folder.ts'

/** Enough to know a folder by: of a large one not all is looked at. */
const mostFiles = 50
const mostBytes = 65_536

/** @returns a clause; undefined where a name is set, or the articles are that publisher's */
export function borrowedName({ isNamed, publisher, articlesDir }: Config): string | undefined {
  if (isNamed || publisher.name !== samplePublisher || !hasOthers(articlesDir)) return undefined
  return (
    `these articles are published as those of ${samplePublisher}, whose samples come with Newsstand; ` +
    'set SITE_TITLE to the name of the site'
  )
}

/** Whether there are articles, and none names that publisher. */
function hasOthers(folder: string): boolean {
  let files = 0
  const isOfThem = attempt(() => {
    for (const { path } of walk(folder)) {
      files += 1
      if (files > mostFiles) break
      if (/\bTRT/.test(beginningOf(join(folder, path)))) return true
    }
    return false
  })
  // What cannot be read is told elsewhere.
  return files > 0 && isOfThem === false
}

function beginningOf(path: string): string {
  const file = attempt(() => openSync(path, 'r'))
  if (file === undefined) return ''
  try {
    const bytes = Buffer.alloc(mostBytes)
    return bytes.toString('utf8', 0, readSync(file, bytes))
  } catch {
    return ''
  } finally {
    closeSync(file)
  }
}
