/** Finds nginx for the tests, or fetches it: nobody has to do it by hand. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of nginx; where there is none, what to do. */
    nginx: { readonly path: string } | { readonly remedy: string }
  }
}

const remedy =
  'There is no nginx for these tests, and none could be fetched: install it ' +
  '("apt-get install nginx" on Debian), and try again.'

/** Where it is unpacked: not installed, since a package of Debian's starts a server on port 80. */
const folder = fileURLToPath(new URL('../../node_modules/.cache/nginx', import.meta.url))

/** Without nginx the tests with it fail, each with one sentence, and the others run. */
export default function setup({ provide }: TestProject): void {
  const path = find() ?? fetchPackage()
  provide('nginx', path === undefined ? { remedy } : { path })
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

function fetchPackage(): string | undefined {
  console.log('The tests need nginx: it is being fetched.')
  const downloads = mkdtempSync(join(tmpdir(), 'nginx-'))
  const run = (command: string, args: readonly string[]) =>
    execFileSync(command, args, { cwd: downloads, stdio: 'inherit' })
  try {
    // Whoever may not bring the lists of packages up to date makes do with those that are there.
    if (process.getuid?.() === 0) run('apt-get', ['update', '-qq'])
    run('apt-get', ['download', '-qq', 'nginx'])
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(downloads)) run('dpkg-deb', ['-x', name, folder])
  } catch {
    // They have said why themselves, or are not there.
  } finally {
    rmSync(downloads, { recursive: true })
  }
  return find()
}
