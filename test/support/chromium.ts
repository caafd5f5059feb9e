/** Finds a browser for the tests, or installs one: nobody has to do it by hand. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the browser; where there is none, what to do. */
    chromium: { readonly path: string } | { readonly remedy: string }
  }
}

const remedy =
  'There is no browser for these tests, and none could be installed: install Chromium ' +
  '("apt-get install chromium" on Debian), and try again.'

/** Without a browser the tests in it fail, each file with one sentence, and the others run. */
export default function setup({ provide }: TestProject): void {
  const path = find() ?? install()
  provide('chromium', path === undefined ? { remedy } : { path })
}

function find(): string | undefined {
  const folders = ['/usr/bin', '/usr/local/bin', '/opt/google/chrome']
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [...candidates, chromium.executablePath()].find(works)
}

/** Some systems have a file of that name which only tells where to get the browser. */
function works(path: string): boolean {
  if (!existsSync(path)) return false
  try {
    return /\d+\.\d+/.test(execFileSync(path, ['--version'], { encoding: 'utf8', stdio: 'pipe' }))
  } catch {
    return false
  }
}

function install(): string | undefined {
  console.log('The tests need a browser: Chromium is being installed.')
  const isRoot = process.getuid?.() === 0
  const apt = '/usr/bin/apt-get'
  if (isRoot && existsSync(apt)) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    try {
      execFileSync(apt, ['update', '-qq'], { env, stdio: 'inherit' })
      execFileSync(apt, ['install', '-qq', '-y', 'chromium'], { env, stdio: 'inherit' })
    } catch {
      console.log('apt-get could not install it; Playwright is asked for its own.')
    }
    const found = find()
    if (found) return found
  }
  const folder = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'))
  const command = [
    join(folder, 'cli.js'),
    'install',
    'chromium',
    ...(isRoot ? ['--with-deps'] : []),
  ]
  try {
    execFileSync(process.execPath, command, { stdio: 'inherit' })
  } catch {
    // It has said why itself.
  }
  return find()
}
