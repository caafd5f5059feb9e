/** A site as a test has it built into files. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './folder.ts'
import { runNewsstand } from './newsstand.ts'

/**
 * @param more settings
 * @param options of the command
 * @returns a site to be built: a folder of articles, settings, and the out folder, which is not there yet
 */
export function siteOf(
  files: Readonly<Record<string, string | Buffer>>,
  more = {},
  options: readonly string[] = ['--no-compress'],
) {
  const articlesDir = temporaryFolder(files)
  const dataDir = temporaryFolder()
  const out = join(temporaryFolder(), 'site')
  const env = {
    ...{ BASE_URL: 'https://news.example', EMPTY_FOLDER_MINUTES: '0', HUBS: 'none' },
    ...{ ARTICLES_DIR: articlesDir, DATA_DIR: dataDir, ...more },
  }
  const argsTo = (folder: string) => ['build', '--out', folder, ...options]
  return {
    ...{ articlesDir, dataDir, out, env, args: argsTo(out) },
    read: (path: string) => readFileSync(join(out, path), 'utf8'),
    build: (through: readonly string[] = []) => runNewsstand(argsTo(out), env, dataDir, through),
    buildInto: (folder: string) => runNewsstand(argsTo(folder), env, dataDir),
  }
}
