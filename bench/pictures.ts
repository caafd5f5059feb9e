/**
 * What a browser loads of a page with a photograph, with sharp and without: the front page, where it leads and is a
 * thumbnail, and the article. A folder of photographs may be named; the largest JPEG in it is shown.
 * node bench/pictures.ts [photographs]
 */
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { photograph } from '../test/support/photograph.ts'
import { end, freePort, spawnNewsstand } from '../test/support/program.ts'
import { copyWithoutSharp } from '../test/support/without-sharp.ts'
import { machine, workspace } from './measure.ts'

const folder = workspace()
const articles = join(folder, 'articles')
const [given] = process.argv.slice(2)

async function picture(): Promise<Buffer> {
  const all = given ? globSync('**/*.{jpg,jpeg,JPG}', { cwd: given }) : []
  const [largest] = all
    .map((path) => ({
      path: join(given ?? '', path),
      size: statSync(join(given ?? '', path)).size,
    }))
    .sort((a, b) => b.size - a.size)
  return largest
    ? readFileSync(largest.path)
    : photograph(4000, 3000, 9).jpeg({ quality: 90 }).toBuffer()
}

mkdirSync(articles)
writeFileSync(join(articles, 'pier.jpg'), await picture())
for (const [n, title] of ['The pier', 'The other pier'].entries()) {
  const matter = `title: ${title}\ndate: 2026-04-1${3 - n}\nimage: pier.jpg`
  writeFileSync(join(articles, `${n}.md`), `---\n${matter}\n---\nBoats lie there.\n`)
}

/** @param from the sources @returns a row for each page and screen: kB of pictures, and ms until all are shown */
async function measure(from?: string) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const data = join(folder, from ? 'data-without' : 'data')
  const env = { PORT: String(port), ADMIN_PORT: '0', ARTICLES_DIR: articles, DATA_DIR: data }
  const server = spawnNewsstand({ env, cwd: folder, ...(from && { from }) })
  server.stdout?.resume()
  server.stderr?.resume()
  while (
    !(await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await sleep(50)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
  })
  const rows: Record<string, { kB: number; first: number; again: number }> = {}
  const article = /\/articles\/[^"]+/.exec(await (await fetch(url)).text())?.[0] ?? ''
  for (const [screen, width, deviceScaleFactor] of [
    ['1280 px', 1280, 1],
    ['1280 px, doubled', 1280, 2],
    ['360 px, tripled', 360, 3],
  ] as const) {
    for (const path of ['/', article]) {
      const times: number[] = []
      let bytes = 0
      // First they are made.
      for (let n = 0; n < 2; n += 1) {
        const viewport = { width, height: 900 }
        const context = await browser.newContext({ viewport, deviceScaleFactor })
        const page = await context.newPage()
        bytes = 0
        page.on('response', async (response) => {
          if (response.url().includes('/media/'))
            bytes += Number(response.headers()['content-length'])
        })
        const before = performance.now()
        await page.goto(url + path, { waitUntil: 'networkidle' })
        // It is idle when nothing has come for half a second.
        times.push(Math.round(performance.now() - before - 500))
        await context.close()
      }
      const [first = 0, again = 0] = times
      const name = `${path === '/' ? 'front page' : 'article'}, ${screen}`
      rows[name] = { kB: Math.round(bytes / 1000), first, again }
    }
  }
  await browser.close()
  await end(server, 'SIGTERM')
  return rows
}

console.log(machine())
console.log(`the photograph: ${statSync(join(articles, 'pier.jpg')).size} bytes`)
const copy = join(folder, 'copy')
mkdirSync(copy)
console.log('without sharp')
console.table(await measure(copyWithoutSharp(copy)))
console.log('with sharp')
console.table(await measure())
