/** A real browser. What a page of ours must never do fails the test. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect, inject, onTestFinished } from 'vitest'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** @throws Error that says what to install where there is no browser */
export async function launch(): Promise<Browser> {
  const found = inject('chromium')
  if ('remedy' in found) throw new Error(found.remedy)
  return chromium.launch({
    executablePath: found.path,
    // As root, as in a container, it has no sandbox.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-quic', '--disable-background-networking', '--disable-component-update'],
  })
}

export interface Visit {
  readonly page: Page
  /** Errors on the console and requests that failed or went elsewhere: should stay empty. */
  readonly faults: string[]
}

/** @param home the only origin that pages may ask for anything */
export async function openPage(
  browser: Browser,
  home: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ baseURL: home, ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('requestfailed', (request) => {
    // What the next page does not need any more is broken off.
    const { errorText } = request.failure() ?? {}
    if (errorText !== 'net::ERR_ABORTED') faults.push(`${request.url()} failed: ${errorText}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(home)) faults.push(`${request.url()} was asked for`)
  })
  return { page, faults }
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** WCAG 2.2 AA, and axe-core's other rules too. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // Evaluated by the debugger, which the page's Content-Security-Policy does not bind.
  await page.evaluate(readFileSync(axe, 'utf8'))
  const violations = (await page.evaluate(
    'axe.run().then((result) => result.violations)',
  )) as Violation[]
  const told = violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
  )
  expect(told, where).toEqual([])
}
