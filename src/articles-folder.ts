/** Which folder is read, and whether it is the one that was read last. */
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { attempt } from './attempt.ts'
import type { ArticlesFolder } from './catalogue/catalogue.ts'
import { isServedNamed, serveCommand } from './command-text.ts'
import { type Config, ConfigError } from './config.ts'

/** A folder that was not read before. */
export type NewFolder = ArticlesFolder & {
  /** Whether another one was: that is meant, and what is missing is gone. */
  readonly isOther: boolean
}

/**
 * @param path ARTICLES_DIR, absolute
 * @param last the folder that was read last, as far as that is known
 * @returns undefined when it is the same; one that is missing is the same if it has the same name
 * @throws ConfigError when it is another one and cannot be read
 */
export function folderToRead(
  path: string,
  last: ArticlesFolder | undefined,
): NewFolder | undefined {
  const real = attempt(() => realpathSync.native(path))
  const isSame = last && (real === undefined ? path === last.path : real === last.real)
  if (isSame || (!last && real === undefined)) return undefined
  if (last) checkFolder(path)
  return { path, real: real ?? path, isOther: last !== undefined }
}

/**
 * Whoever has read articles before serves these while the folder is away.
 * @param remedy what to do where there is no such folder
 * @throws ConfigError when nothing was read before, and there is no such folder, or it may not be read
 */
export function checkFirstFolder({ articlesDir, dataDir }: Config, remedy?: string): void {
  if (!existsSync(join(dataDir, 'catalogue.sqlite'))) checkFolder(articlesDir, remedy)
}

/** @throws ConfigError when there is no such folder, or it may not be read */
export function checkFolder(path: string, remedy = 'Make it, or set ARTICLES_DIR.'): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found && !found.isDirectory()) {
    throw new ConfigError(
      isServedNamed()
        ? `${path} is a file; name a folder.`
        : `ARTICLES_DIR is ${path}, which is a file; set it to a folder.`,
    )
  }
  if (!found) {
    throw new ConfigError(
      isServedNamed()
        ? `there is no folder ${path}. ${remedy}`
        : `ARTICLES_DIR is ${path}; there is no such folder. ${remedy}`,
    )
  }
  try {
    accessSync(path, constants.R_OK | constants.X_OK)
  } catch {
    const named = isServedNamed() ? path : `ARTICLES_DIR is ${path}; it`
    throw new ConfigError(`${named} may not be read by this user.`)
  }
}

/** What whoever types the command may do where the folder of articles is not there. */
export const whereArticlesAre = (): string =>
  isServedNamed()
    ? 'Name the one that has your articles, or make it.'
    : `Make it, or set ARTICLES_DIR. A new site begins with ${serveCommand('init')}; a folder that is there is served by its name, as in ${serveCommand('./posts')}.`
