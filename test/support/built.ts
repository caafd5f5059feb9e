/** A site as a test has it built into files. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './folder.ts'
import { runNewsstand } from './newsstand.ts'

/** @returns a site to be built, without packed files: a folder of articles, settings, and the out folder, which is not there yet */
export function siteOf(files: Readonly<Record<string, string | Buffer>>, more = {}) {
  const articlesDir = temporaryFolder(files)
  const dataDir = temporaryFolder()
  const out = join(temporaryFolder(), 'site')
  const env = {
    ...{ BASE_URL: 'https://news.example', EMPTY_FOLDER_MINUTES: '0', HUBS: 'none' },
    ...{ ARTICLES_DIR: articlesDir, DATA_DIR: dataDir, ...more },
  }
  const args = ['build', '--out', out, '--no-compress']
  const build = (through: readonly string[] = []) => runNewsstand(args, env, dataDir, through)
  const read = (path: string) => readFileSync(join(out, path), 'utf8')
  return { articlesDir, dataDir, out, env, args, build, read }
}
