/** Finds nginx for the tests, or fetches it: nobody has to do it by hand. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const remedy =
  'There is no nginx for these tests, and none could be fetched: install it ' +
  '("apt-get install nginx" on Debian), and try again.'

/** Where it is unpacked: not installed, since a package of Debian's starts a server on port 80. */
const folder = fileURLToPath(new URL('../../node_modules/.cache/nginx', import.meta.url))

/** Each command may take so long: without a network some wait for ever. */
const patienceMs = 60_000
/** What finding nginx may take. */
export const findingMs = 4 * patienceMs

/**
 * @returns its path
 * @throws Error that says what to do where there is none
 */
export async function findNginx(): Promise<string> {
  const path = find() ?? (await fetchPackage())
  if (path === undefined) throw new Error(remedy)
  return path
}

function find(): string | undefined {
  const candidates = [
    'nginx',
    '/usr/sbin/nginx',
    '/usr/local/sbin/nginx',
    `${folder}/usr/sbin/nginx`,
  ]
  return candidates.find((path) => spawnSync(path, ['-v']).status === 0)
}

async function fetchPackage(): Promise<string | undefined> {
  console.log('The tests need nginx: it is being fetched.')
  const downloads = mkdtempSync(join(tmpdir(), 'nginx-'))
  const run = (command: string, args: readonly string[]) =>
    promisify(execFile)(command, args, { cwd: downloads, timeout: patienceMs })
  try {
    // Whoever may not bring the lists of packages up to date makes do with those that are there.
    if (process.getuid?.() === 0) await run('apt-get', ['update', '-qq'])
    await run('apt-get', ['download', '-qq', 'nginx'])
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(downloads)) await run('dpkg-deb', ['-x', name, folder])
  } catch (error) {
    console.log((error as Error).message)
  } finally {
    rmSync(downloads, { recursive: true })
  }
  return find()
}
