import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { wordSet } from '../../src/text.ts'
import { expectAccessible, launch, openPage } from '../support/browser.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page as article } from '../support/page.ts'
import { until } from '../support/until.ts'

const longTitle = `The harbour ${'and the ferry '.repeat(13)}return`.slice(0, 200)
const files = {
  'ferry.txt': article(),
  'long.txt': article({ title: longTitle, date: 'March 5, 2024', section: 'AFRICA' }),
  'word.txt': article({
    title: `A${'a'.repeat(120)}`,
    date: 'March 6, 2024',
    body: `W${'w'.repeat(300)}`,
  }),
  'arabic.md': `---
title: أسطح المدينة تتحول إلى بساتين
date: 2024-03-07
language: ar
section: ثقافة
---
بدأت الفكرة بثلاث شتلات نعناع على سطح بناية.`,
  'tags.md': `---
title: Three hundred tags
date: 2024-03-03
tags: [${Array.from({ length: 300 }, (_, n) => `Topic ${n}`).join(', ')}, ${'longer'.repeat(25)}]
---
Text with a [link](https://elsewhere.example/) and a picture: ![A boat](https://elsewhere.example/boat.jpg)`,
}

let browser: Browser
let newsstand: Newsstand
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

const paths = wordSet(`
  / /sections/ /tags/ /authors/ /sections/world/ /tags/topic-1/ /authors/mira-onal/ /search
  /search?q=ferry /search?q=nothingatall /search?q=%22open /subscribe
  /subscribe?section=world&section=africa&words=ferry /rss.xml /sections/world/atom.xml
  /feed.json /search/rss.xml?q=ferry
`)

/** By how many pixels a page is wider than the window, as the browser finds it out. */
const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

/** Every article's page, as the sitemap has them. */
async function articlePaths(): Promise<string[]> {
  const sitemap = await newsstand.text('/sitemap-articles-1.xml')
  return [...sitemap.matchAll(/<loc>[^<]*?(\/articles\/[^<]+)/g)].map(([, path]) => path ?? '')
}

describe('every page', () => {
  beforeEach(async () => {
    newsstand = await startNewsstand(files)
  })

  for (const [name, options] of Object.entries({
    light: { colorScheme: 'light' as const, viewport: { width: 1280, height: 900 } },
    dark: { colorScheme: 'dark' as const, viewport: { width: 1280, height: 900 } },
    'a phone': { colorScheme: 'light' as const, viewport: { width: 360, height: 740 } },
  })) {
    it(`is quiet, fits and is accessible: ${name}`, { timeout: 120_000 }, async () => {
      const { page, faults } = await openPage(browser, newsstand.url, options)
      for (const path of [...paths, ...(await articlePaths())]) {
        const answer = await page.goto(path)
        expect(answer?.status(), path).toBe(200)
        expect(answer?.headers()['content-type'], path).toContain('text/html')
        expect(await page.evaluate(tooWide), `${path} is wider than the window`).toBe(0)
        await expectAccessible(page, path)
      }
      expect(faults).toEqual([])
    })
  }

  it('has its parts in line, and words beside and below small pictures on a phone', async () => {
    const png = readFileSync(new URL('../../public/icon-192.png', import.meta.url))
    newsstand.write('boat.png', png)
    const text = '---\ntitle: A boat\ndate: 2023-03-03\nimage: boat.png\n---\n'
    newsstand.write('boat.md', `${text}${'The boat came in. '.repeat(30)}\n`)
    await until(async () => (await newsstand.text('/')).includes('class="thumb"'))
    const { page } = await openPage(browser, newsstand.url, {
      viewport: { width: 768, height: 900 },
    })
    await page.goto('/')
    const edgesOf = (selector: string) =>
      page.locator(selector).evaluateAll((found) =>
        found.map((one) => {
          const { left, right, bottom } = one.getBoundingClientRect()
          return { left, right, bottom }
        }),
      )
    const [list, aside] = [await edgesOf('.front > div'), await edgesOf('.front > aside')]
    expect(list[0]?.right).toBe(aside[0]?.right)
    await page.setViewportSize({ width: 360, height: 740 })
    const [thumb] = await edgesOf('.thumb')
    const [excerpt] = await edgesOf('.entry:has(.thumb) .excerpt')
    expect(thumb?.right).toBe(340)
    expect(excerpt?.right).toBe(340)
    expect(excerpt?.bottom).toBeGreaterThan((thumb?.bottom ?? 0) + 20)
  })

  it('has numbers of articles in line with names, and a long name within its column', async () => {
    const { page } = await openPage(browser, newsstand.url)
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 740 })
      await page.goto('/tags/')
      const rows = await page.locator('.channels .name').evaluateAll((found) =>
        found.map((row) => {
          const [lastLine] = [...(row.querySelector('a')?.getClientRects() ?? [])].slice(-1)
          const count = row.querySelector('.count')?.getBoundingClientRect()
          const centre = (box?: { top: number; bottom: number }) =>
            box ? (box.top + box.bottom) / 2 : Number.NaN
          return { off: Math.abs(centre(lastLine) - centre(count)), right: count?.right ?? 0 }
        }),
      )
      expect(rows.length).toBeGreaterThan(30)
      for (const { off, right } of rows) {
        expect(off).toBeLessThan(3)
        expect(right).toBeLessThan(width - 20)
      }
    }
  })

  it('says in the same style that there is none', async () => {
    const { page } = await openPage(browser, newsstand.url)
    const answer = await page.goto('/nothing')
    expect(answer?.status()).toBe(404)
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await expectAccessible(page, '/nothing')
  })

  it('weighs less than 60 kB without images', async () => {
    const { page } = await openPage(browser, newsstand.url)
    let sizes: Promise<number>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'image') return
      const size = response.request().sizes()
      sizes.push(size.then((one) => one.responseBodySize + one.responseHeadersSize))
    })
    for (const path of ['/', '/subscribe', '/tags/', '/rss.xml']) {
      sizes = []
      await page.goto(path, { waitUntil: 'networkidle' })
      const weight = (await Promise.all(sizes)).reduce((sum, one) => sum + one, 0)
      expect(weight, path).toBeGreaterThan(1000)
      expect(weight, path).toBeLessThan(60_000)
    }
  })

  it('can be reached by the keyboard', async () => {
    const { page, faults } = await openPage(browser, newsstand.url)
    await page.goto('/')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('content')
    const reached = new Set<string>()
    for (let n = 0; n < 400; n += 1) {
      await page.keyboard.press('Tab')
      const href = String(await page.evaluate("document.activeElement.getAttribute('href')"))
      reached.add(href)
      if (href === '/feeds.opml') break
    }
    const links = await page
      .locator('main a:not([tabindex="-1"])')
      .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''))
    expect(links.filter((href) => !reached.has(href))).toEqual([])
    expect(faults).toEqual([])
  })
})

describe('a feed opened in a browser', () => {
  it('is a page, at the address that was typed; what fetch gets there is the feed', async () => {
    newsstand = await startNewsstand(files)
    const { page, faults } = await openPage(browser, newsstand.url)
    await page.goto('/sections/world/rss.xml')
    expect(page.url()).toBe(`${newsstand.url}/sections/world/rss.xml`)
    await page.getByRole('heading', { name: 'This is a feed' }).waitFor()
    await page.getByText(page.url(), { exact: true }).waitFor()
    await page.getByText('Ferries return to the old harbour').waitFor()
    const text = await page.evaluate('fetch(location.href).then((response) => response.text())')
    expect(text).toContain('<rss ')
    await page.reload()
    await page.getByRole('heading', { name: 'This is a feed' }).waitFor()
    expect(faults).toEqual([])
  })
})

describe('subscribing', () => {
  beforeEach(async () => {
    newsstand = await startNewsstand(files)
  })

  it('begins with copying an address', async () => {
    const { page, faults } = await openPage(browser, newsstand.url, {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await page.goto('/subscribe')
    await page.getByRole('button', { name: 'Copy the RSS 2.0 address of everything' }).click()
    await page.getByText('The address was copied.').waitFor({ state: 'attached' })
    const copied = String(await page.evaluate('navigator.clipboard.readText()'))
    expect(copied).toBe(`${newsstand.url}/rss.xml`)
    expect((await newsstand.text(copied.slice(newsstand.url.length))).startsWith('<?xml')).toBe(
      true,
    )
    expect(faults).toEqual([])
  })

  it('may be to a choice, which is shown while it is made', async () => {
    const { page, faults } = await openPage(browser, newsstand.url)
    await page.goto('/subscribe')
    await page.getByLabel('Africa', { exact: true }).check()
    await page.locator('#chosen').getByText('One article was found.').waitFor()
    await page.getByLabel('World', { exact: true }).check()
    await page.getByLabel('Words').fill('ferry')
    await page.locator('#chosen').getByText('2 articles were found.').waitFor()
    const address = await page.locator('#chosen .address').first().textContent()
    expect(address).toContain('/search/rss.xml?q=section%3Aafrica%2Cworld+ferry')
    const feed = await newsstand.text((address ?? '').slice(newsstand.url.length))
    expect(feed.match(/<item>/g)).toHaveLength(2)
    expect(page.url()).toBe(`${newsstand.url}/subscribe`)
    expect(faults).toEqual([])
  })

  it('works without JavaScript', async () => {
    const { page } = await openPage(browser, newsstand.url, { javaScriptEnabled: false })
    await page.goto('/subscribe')
    expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Show my feed' }).click()
    await page.getByText('Nothing was chosen').waitFor()
    await page.getByLabel('Africa', { exact: true }).check()
    await page.getByRole('button', { name: 'Show my feed' }).click()
    await page.locator('#chosen').getByText('One article was found.').waitFor()
    expect(await page.getByLabel('Africa', { exact: true }).isChecked()).toBe(true)
    await page.getByRole('searchbox').fill('ferry')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('heading', { name: 'Search' }).waitFor()
    expect(await page.locator('.entry').count()).toBeGreaterThan(0)
    await page.locator('.entry h2 a').first().click()
    await page.locator('article h1').waitFor()
  })
})

describe('searching', () => {
  it('offers what it found as a feed, and says what it did not understand', async () => {
    newsstand = await startNewsstand(files)
    const { page, faults } = await openPage(browser, newsstand.url)
    await page.goto('/')
    await page.getByRole('searchbox').fill('old harbour section:world')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/search?q=*')
    await page
      .getByText('articles were found')
      .or(page.getByText('One article was found'))
      .waitFor()
    await page.getByText('Subscribe to this search').click()
    const address = await page.locator('.address').first().textContent()
    expect(await newsstand.text((address ?? '').slice(newsstand.url.length))).toContain('<item>')
    await page.goto('/search?q=%22open')
    await page.getByText('has no closing quotation mark').waitFor()
    expect(faults).toEqual([])
  })
})

describe('a site in Arabic, with a colour that is too light', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`fits, is accessible and runs from the right: ${colorScheme}`, async () => {
      const settings = { FEED_LANGUAGE: 'ar', ACCENT_COLOUR: '#ffcc00' }
      newsstand = await startNewsstand(files, settings)
      const options = { colorScheme, viewport: { width: 360, height: 740 } }
      const { page } = await openPage(browser, newsstand.url, options)
      const shown = ['/', '/tags/', '/subscribe', '/search?q=ferry', '/rss.xml', '/nothing']
      for (const path of [...shown, newsstand.adminUrl]) {
        await page.goto(path)
        const edge = page.locator('.wordmark')
        const right = await edge.evaluate((one) => one.getBoundingClientRect().right)
        expect([await page.evaluate(tooWide), right], path).toEqual([0, 340])
        await expectAccessible(page, `${path} in Arabic, ${colorScheme}`)
      }
    })
  }
})

describe('the status page', () => {
  it('shows the figures, and refreshes', async () => {
    newsstand = await startNewsstand({ ...files, 'bad.txt': 'nothing' })
    await newsstand.text('/rss.xml')
    const { page, faults } = await openPage(browser, newsstand.adminUrl)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto('/')
      await expectAccessible(page, `status, ${colorScheme}`)
    }
    await page.getByText('bad.txt').waitFor()
    await page.getByRole('button', { name: 'Refresh now' }).click()
    await page.waitForURL(`${newsstand.adminUrl}/`)
    expect(faults).toEqual([])
  })
})
