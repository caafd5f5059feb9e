/** What must not break over lines, stick out or be cut off where there is little room. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launch, openPage } from '../support/browser.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'

const files = {
  'deich.md': `---
title: "Sturmflut am Siel: Der Deich hält, das Boot nicht"
date: 2026-09-25
section: Hafen
---
| Ort | Höhe | Schaden |
|-----|-----:|---------|
| Hafen | 3,42 m | Boot an Land, Steg gebrochen, zwei Autos im Schlick |
| Leuchtturm | 1 298 cm | Tür eingedrückt |

1. Ruhe bewahren
2. Nicht auf den Deich gehen
   - auch nicht kurz
3. Anrufen
4. Warten

\`\`\`
curl -s "https://pegel.example/api/v2/stationen/deichblick/messwerte/aktuell?format=json"
\`\`\`
`,
  'hund.md':
    '---\ntitle: Wer kennt nur diesen Hund\ndate: 2026-09-20\nsection: Hafen\n---\nEr ist braun.\n',
  'chor.md':
    '---\ntitle: Der Chor\ndate: 2026-09-19\nsection: Leute\nauthor: Ole\n---\nEr singt.\n',
  '_drafts/idee.md': 'Eine Idee.\n',
}

let browser: Browser
let newsstand: Newsstand
let article: string
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  newsstand = await startNewsstand(files, { FEED_LANGUAGE: 'de' })
  const { items } = JSON.parse(await newsstand.text('/feed.json'))
  article = new URL(items[0].url).pathname
})

async function phone(path: string): Promise<Page> {
  const { page } = await openPage(browser, newsstand.url, { viewport: { width: 360, height: 740 } })
  await page.goto(path)
  return page
}

/** Of each element that is found: the lines that it stands on. */
const linesOf = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((found) =>
    found.map((one) => {
      const boxes = [...one.getClientRects()].filter(({ width }) => width > 0)
      return new Set(boxes.map(({ bottom }) => Math.round(bottom))).size
    }),
  )

const styleOf = (page: Page, selector: string, name: string) =>
  page
    .locator(selector)
    .first()
    .evaluate(
      (one, property) =>
        one.ownerDocument.defaultView?.getComputedStyle(one).getPropertyValue(property),
      name,
    )

describe('on a phone', () => {
  it('numbers stay with their units, and dates on one line', async () => {
    const page = await phone(article)
    expect(await page.locator('td .unbroken').allTextContents()).toEqual(['3,42 m', '1 298 cm'])
    expect(await linesOf(page, 'td .unbroken')).toEqual([1, 1])
    expect(await page.locator('td:has-text("Steg")').textContent()).toContain('zwei Autos im')
    expect(await page.locator('.more time').textContent()).toBe('20. September 2026')
    expect(await linesOf(page, '.more time')).toEqual([1])
  })

  it('points of a list are equally far from each other, also after a list in one', async () => {
    const page = await phone(article)
    const gaps = await page.locator('.body > ol').evaluate((list) => {
      const lines = [...list.querySelectorAll('li')].map((one) => one.getBoundingClientRect().top)
      return lines.slice(1).map((top, n) => Math.round(top - (lines[n] ?? 0)))
    })
    expect(gaps).toHaveLength(4)
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(2)
  })

  it('code that is cut off at the edge has the shadow of tables that are', async () => {
    const page = await phone(article)
    const shadow = await styleOf(page, 'pre', 'background-attachment')
    expect(shadow).toContain('local, local, scroll, scroll')
    expect(await styleOf(page, '.wide', 'background-attachment')).toBe(shadow)
  })

  it('long words have hyphens, and neither addresses nor code', async () => {
    const page = await phone(article)
    expect(await styleOf(page, 'h1', 'hyphens')).toBe('auto')
    expect(await styleOf(page, '.body', 'hyphens')).toBe('auto')
    expect(await styleOf(page, 'pre', 'hyphens')).toBe('manual')
    await page.goto('/subscribe')
    expect(await styleOf(page, '.address', 'hyphens')).toBe('manual')
  })

  it('an address breaks before a name in it, and what copies it is beside it', async () => {
    const page = await phone('/subscribe')
    const rows = await page.locator('.card .addresses li').evaluateAll((found) =>
      found.map((row) => {
        const address = row.querySelector('.address')
        const lines = [...(address?.getClientRects() ?? [])]
        const range = row.ownerDocument.createRange()
        range.selectNodeContents(address ?? row)
        const last = [...range.getClientRects()].at(-1)
        const button = row.querySelector('button')?.getBoundingClientRect()
        return {
          isBeside: (button?.top ?? 0) < (lines.at(-1)?.bottom ?? 0),
          lastLine: last?.width ?? 0,
        }
      }),
    )
    expect(rows).toHaveLength(3)
    for (const { isBeside, lastLine } of rows) {
      expect(isBeside).toBe(true)
      expect(lastLine).toBeGreaterThan(40)
    }
  })

  it('there is one field to search in, also where the page has one', async () => {
    for (const path of ['/', '/search', '/search?q=Deich', '/nothing']) {
      const page = await phone(path)
      expect(await page.locator('input[type=search]:visible').count(), path).toBe(1)
    }
  })
})

describe('on a wide screen', () => {
  it('lines and words begin and end at the same edges, and a title uses its line', async () => {
    const { page } = await openPage(browser, newsstand.url, {
      viewport: { width: 1280, height: 900 },
    })
    await page.goto(article)
    const edgesOf = (selector: string) =>
      page.locator(selector).evaluate((one) => {
        const { left, right } = one.getBoundingClientRect()
        return { left, right }
      })
    const masthead = await edgesOf('.masthead')
    expect((await edgesOf('.wordmark')).left).toBe(masthead.left)
    expect((await edgesOf('.masthead .button')).right).toBe(masthead.right)
    expect(await edgesOf('.foot')).toEqual(masthead)
    const first = await page.locator('h1').evaluate((title) => {
      const range = title.ownerDocument.createRange()
      range.selectNodeContents(title)
      const lines = [...range.getClientRects()]
      return { count: lines.length, part: (lines[0]?.width ?? 0) / title.clientWidth }
    })
    expect(first.count).toBe(2)
    expect(first.part).toBeGreaterThan(0.7)
  })
})

describe('the help for searching', () => {
  it('names what this site has', async () => {
    const page = await phone('/search')
    const codes = await page.locator('.help code').allTextContents()
    expect(codes).toContain('section:hafen')
    expect(codes).toContain('author:ole')
    expect(codes).toContain('section:hafen,leute')
    expect(codes.join()).not.toContain('tag:')
  })
})

describe('the status page', () => {
  for (const FEED_LANGUAGE of ['de', 'ar']) {
    it(`can be read on a phone: ${FEED_LANGUAGE}`, async () => {
      newsstand = await startNewsstand(files, { FEED_LANGUAGE })
      await newsstand.text('/rss.xml')
      const page = await phone(newsstand.adminUrl)
      const heights = await page
        .locator('.chart text')
        .evaluateAll((found) => found.map((one) => one.getBoundingClientRect().height))
      expect(Math.min(...heights)).toBeGreaterThan(10)
      const polls = page.locator('section[aria-labelledby=polls] .wide')
      expect(await polls.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)
      expect(await styleOf(page, 'td.number', 'text-align')).toBe('right')
      // A draft is nothing that is wrong.
      expect(await styleOf(page, '.figures a[href="#notes"]', 'color')).toBe(
        await styleOf(page, '.figures dd', 'color'),
      )
    })
  }
})
