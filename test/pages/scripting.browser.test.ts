import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wordSet } from '../../src/text.ts'
import { launch, openPage } from '../support/browser.ts'
import type { Files } from '../support/folder.ts'
import { ask } from '../support/http.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page as article } from '../support/page.ts'
import { addresses, markup } from '../support/vectors.ts'
import { htmlOf, inXml, markdownOf, nitfOf } from '../support/writers.ts'

const at = <Item>(list: readonly Item[], n: number) => list[n % list.length] as Item

/** Every shape in every field: as markup in the two formats that have it, as text in one of the others. */
function hostileFiles(): Files {
  const files: Record<string, string> = {}
  for (const [n, vector] of markup.entries()) {
    const url = at(addresses, n)
    const day = String((n % 28) + 1).padStart(2, '0')
    files[`${n}.md`] = markdown(n, vector, url, day)
    files[`${n}.html`] = html(n, vector, url, day)
    if (n % 2 === 0) files[`${n}.txt`] = trtPage(n, vector, url, day)
    else files[`${n}.xml`] = nitf(n, vector, url, day)
  }
  return files
}

const imageName = `b'oat" onerror="hit()" '><img src=x onerror=hit()>.gif`
/** An image beside its article, which is served: its name is part of an address of ours. */
const withImage: Files = {
  [imageName]: Buffer.from('R0lGODlhAgACAIAAAP///wAAACwAAAAAAgACAAACAoRRADs=', 'base64'),
  'image.md': `---
title: An image
date: 2024-03-01
image: ${JSON.stringify(imageName)}
---
![again](<${encodeURIComponent(imageName)}>) and <img src="${encodeURIComponent(imageName)}">`,
}

/** Rejections name their files and quote what is in them. */
/** Fewer than are summed up. */
function rejectedFiles(vectors: readonly string[]): Files {
  const files: Record<string, string> = {}
  for (const [n, vector] of vectors.entries()) {
    files[`in ${vector.replaceAll('\0', '')}.txt`] = 'No date.'
    files[`${n} quoted.md`] = `---\ntitle: x\ndate: ${JSON.stringify(vector)}\n---\n`
    files[`${n} unknown.md`] = `---\n${JSON.stringify(vector)}: x\n---\n`
  }
  return files
}

const oneLine = (text: string) => text.replaceAll('\0', '').replace(/\s+/g, ' ')

function trtPage(n: number, vector: string, url: string, day: string): string {
  const line = oneLine(vector)
  return article({
    ...{ section: line, title: `T${n} ${line}`, dek: `Dek ${line}` },
    ...{ caption: `Caption ${line} / ${line}`, author: `Ada ${line}` },
    ...{ date: `March ${Number(day)}, 2024`, body: `${line}\n\n${oneLine(url)}` },
    source: `${line}, ${oneLine(url)}`,
  })
}

function markdown(n: number, vector: string, url: string, day: string): string {
  const clean = vector.replaceAll('\0', '')
  const isUsable = /^https:/.test(url)
  const matter = {
    title: `M${n} ${vector}`,
    date: `2024-02-${day}`,
    summary: vector,
    section: `S${n % 9} ${vector}`,
    tags: [vector, url, `a${n}`],
    authors: [vector],
    image: { alt: vector, caption: vector, credit: vector, ...(isUsable && { url }) },
    ...(isUsable && { audio: url, canonical: url }),
    source: { name: vector, ...(isUsable && { url }) },
  }
  const text = `Words. ${clean}

[link](<${oneLine(url)}> "${oneLine(vector)}") ![picture](<${oneLine(url)}> "${oneLine(vector)}")

<a href="${url}" title="${clean}">link</a> <img alt='${clean}' src='${url}'>

${clean}
`
  return markdownOf(matter, text)
}

const told = (title: string, vector: string, url: string, date: string) => ({
  ...{ title: `${title} ${vector}`, dek: vector, section: vector, tags: [vector] },
  ...{ authors: [vector], date, address: url, words: vector },
})

function html(n: number, vector: string, url: string, day: string): string {
  const text = inXml(vector)
  const link = inXml(url)
  const clean = vector.replaceAll('\0', '')
  const stated = {
    '@type': 'NewsArticle',
    articleSection: clean,
    keywords: [clean, url],
    author: { name: clean },
    image: { url, caption: clean, creditText: clean },
    publisher: { name: clean, url },
    mainEntityOfPage: { '@id': url },
  }
  const json = JSON.stringify(stated).replaceAll('<', '\\u003c')
  const more = `<meta property="og:audio" content="${link}"><link rel="canonical" href="${link}">
${n % 2 ? `<script type="application/ld+json">${json}</script>` : ''}`
  const story = `<h1>H${n} ${text}</h1><p class="byline">By ${text}</p>
<p>${'The first ferry in nine years tied up at noon. '.repeat(5)}</p>
<p>${clean}</p><p><a href="${link}" title="${text}">link</a><img src="${link}" alt="${text}"></p>
<p>${'A band played on the quay, and the mayor spoke. '.repeat(5)}</p>`
  return htmlOf(told(`H${n}`, vector, url, `2024-01-${day}`), story, more)
}

function nitf(n: number, vector: string, url: string, day: string): string {
  const text = inXml(vector)
  const link = inXml(url)
  const story = `<p>${text}</p><p><a href="${link}">${text}</a><q onclick="hit()">x</q></p>
<media media-type="image"><media-reference source="${link}" alternate-text="${text}"/></media>
<media media-type="audio"><media-reference source="${link}"/></media>`
  const more = `<doc.rights owner="${text}"/>`
  return nitfOf(told(`N${n}`, vector, url, `202312${day}`), story, more)
}

/** Elements of MathML that lay out signs, and the attributes that formulas may have: all others are a danger. */
const formulaElements =
  'math mi mn mo ms mtext mspace mrow mfrac msqrt mroot msub msup msubsup mover munder munderover ' +
  'mmultiscripts mprescripts none mtable mtr mtd mstyle mphantom menclose'
const formulaAttributes =
  'id lang dir display mathvariant width height linethickness columnalign columnspan rowspan displaystyle ' +
  'scriptlevel notation accent accentunder form fence separator stretchy symmetric largeop movablelimits ' +
  'lspace rspace minsize maxsize'

/** What would run or load something if it were touched, shown, or without a policy. Runs in the page. */
const dangers = `(root, isOurs) => {
  const found = []
  const names = 'iframe frame object embed applet base svg template noscript style portal animate'
  const formulas = 'http://www.w3.org/1998/Math/MathML'
  const [elements, attributes] = ${JSON.stringify([formulaElements, formulaAttributes])}.map((all) => all.split(' '))
  for (const element of root.querySelectorAll('*')) {
    const name = element.localName
    const shown = element.outerHTML.slice(0, 200)
    if (names.split(' ').includes(name)) found.push(shown)
    const isFormula = element.namespaceURI === formulas
    if (!isFormula && elements.includes(name)) found.push(shown)
    if (isFormula && !elements.includes(name)) found.push(shown)
    if (isFormula && [...element.attributes].some(({ name, value }) => !attributes.includes(name) || value.length > 50)) found.push(shown)
    if (!isFormula && element.closest('math')) found.push(shown)
    if (name === 'script') {
      const isAsset = isOurs && element.src.startsWith(location.origin + '/') && !element.textContent
      if (!isAsset && !(isOurs && element.type === 'application/ld+json')) found.push(shown)
    }
    if (name === 'meta' && element.httpEquiv) found.push(shown)
    for (const attribute of element.attributes) {
      const value = attribute.value.replace(/[\\0-\\x20]/g, '')
      if (/^on|^style$|^srcdoc$|^srcset$|^ping$|^formaction$|^xlink:/i.test(attribute.name)) found.push(shown)
      const isAddress = ['href', 'src', 'action', 'poster', 'data', 'cite'].includes(attribute.name)
      if (isAddress && /^(?!https?:|mailto:|tel:|feed:https?:)[a-z][a-z0-9+.-]*:/i.test(value)) found.push(shown)
    }
    const isLoaded = ['img', 'audio', 'video', 'source', 'script', 'link'].includes(name)
    const source = element.src || (name === 'link' && /stylesheet|icon|manifest/.test(element.rel) ? element.href : '')
    if (isOurs && isLoaded && source && !source.startsWith(location.origin + '/')) found.push(shown)
  }
  for (const data of root.querySelectorAll('script[type="application/ld+json"]')) JSON.parse(data.textContent)
  return found
}`

interface Watched {
  readonly page: Page
  /** Scripts that ran, and what the browser had to say. */
  faults(): string[]
}

async function openWatched(
  browser: Browser,
  home: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const { page, faults } = await openPage(browser, home, options)
  await page.context().exposeFunction('hit', () => faults.push(`a script ran at ${page.url()}`))
  page.on('dialog', async (dialog) => {
    faults.push(`a dialog at ${page.url()}`)
    await dialog.dismiss()
  })
  // An icon that is still on its way when the next page is opened has failed.
  return { page, faults: () => faults.filter((fault) => !fault.endsWith('/favicon.svg failed')) }
}

/** Opens an address and looks for what runs, or would. @param isExpected whether a fault is none */
async function visit(
  { page, faults }: Watched,
  path: string,
  isExpected = (_fault: string) => false,
): Promise<void> {
  await page.goto(path, { waitUntil: 'load' })
  const found = (await page.evaluate(`(${dangers})(document, true)`)) as string[]
  expect(found, path).toEqual([])
  expect(
    faults().filter((fault) => !isExpected(fault)),
    path,
  ).toEqual([])
}

/** As the lists have them: those that were first published elsewhere are in no sitemap. */
async function articlePaths(newsstand: Newsstand): Promise<string[]> {
  const found = new Set<string>()
  for (let number = 1; number < 20; number += 1) {
    const list = await newsstand.text(number === 1 ? '/' : `/page/${number}/`)
    for (const [, path = ''] of list.matchAll(/href="(\/articles\/[^"]+)"/g)) found.add(path)
  }
  // Each file became an article.
  expect(found.size).toBe(Object.keys(files).length + 1)
  return [...found]
}

/** As where a server says that it is XML, which a browser shows, and whose XHTML and SVG it runs. */
async function openAsXml(newsstand: Newsstand, page: Page): Promise<void> {
  let body = ''
  await page.route('**', (route) => route.fulfill({ contentType: 'application/xml', body }))
  for (const path of wordSet(`
    /rss.xml /atom.xml /feeds.opml /sitemap.xml /sitemap-news.xml /sitemap-articles-1.xml
    /sitemap-channels.xml
  `)) {
    body = await newsstand.text(path)
    await page.goto(path)
    const foreign = await page.evaluate(
      `[['http://www.w3.org/1999/xhtml', 'script'], ['http://www.w3.org/2000/svg', '*']]
        .flatMap(([space, name]) => [...document.getElementsByTagNameNS(space, name)])
        .map(({ outerHTML }) => outerHTML)`,
    )
    expect(foreign, path).toEqual([])
  }
}

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

const files = hostileFiles()

describe('a script in any field of any format', () => {
  it('does not run in a page, with or without our policy', { timeout: 120_000 }, async () => {
    const newsstand = await startNewsstand({ ...files, ...withImage })
    const articles = await articlePaths(newsstand)
    const sitemap = await newsstand.text('/sitemap-channels.xml')
    const channels = [...sitemap.matchAll(/(\/(?:sections|tags|authors)\/[^<]+)/g)].map(
      ([path]) => path,
    )
    const lists = wordSet(`
      / /page/2/ /sections/ /tags/ /authors/ /subscribe /rss.xml /search/feed.json?q=words
      /search?q=words
    `)
    const some = channels.filter((_, n) => n % 25 === 0)
    const bare = await openWatched(browser, newsstand.url, { bypassCSP: true })
    for (const path of [...lists, ...some, ...some.map((path) => `${path}atom.xml`), ...articles]) {
      await visit(bare, path)
    }
    // What the policy would have to stop is reported as an error on the console.
    const { page, faults } = await openWatched(browser, newsstand.url)
    for (const path of [...lists, ...articles.filter((_, n) => n % 8 === 0)]) await page.goto(path)
    expect(faults()).toEqual([])
  })

  it('does not run in a reader that trusts the feeds', { timeout: 120_000 }, async () => {
    const all = { ...files, ...withImage }
    const newsstand = await startNewsstand(all, { FEED_ITEMS: '1000' })
    const { items } = JSON.parse(await newsstand.text('/feed.json'))
    expect(items).toHaveLength(Object.keys(files).length + 1)
    expect(JSON.stringify(items)).toContain('/media/b')
    const { page, faults } = await openWatched(browser, newsstand.url)
    // A reader's page has no policy; what articles load from elsewhere is not ours.
    await page.route('**', (route) =>
      route.request().url() === `${newsstand.url}/reader`
        ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Reader</title>' })
        : route.fulfill({ status: 204 }),
    )
    const ran = () => faults().filter((fault) => /^a (script ran|dialog) at/.test(fault))
    await page.goto('/reader')
    const fromXml = async (path: string, ...names: string[]) => {
      const text = await newsstand.text(path)
      return (await page.evaluate(
        `((text, names) => {
          const tree = new DOMParser().parseFromString(text, 'application/xml')
          if (tree.querySelector('parsererror')) throw new Error(tree.documentElement.textContent)
          return [...tree.getElementsByTagName('*')].filter(({ nodeName }) => names.includes(nodeName)).map(({ textContent }) => textContent)
        })(${JSON.stringify(text)}, ${JSON.stringify(names)})`,
      )) as string[]
    }
    const fields = [
      ...items.map((item: { content_html: string }) => item.content_html),
      ...(await fromXml('/rss.xml', 'content:encoded', 'description')),
      ...(await fromXml('/atom.xml', 'content', 'summary')),
    ]
    expect(fields.length).toBeGreaterThan(items.length * 3)
    // Written out and read again, as some readers do: what was text must not become an element.
    const found = await page.evaluate(
      `(async (fields) => {
        const found = []
        for (const field of fields) {
          document.body.innerHTML = field
          document.body.innerHTML = document.body.innerHTML
          found.push(...(${dangers})(document.body, false))
        }
        // What is going to run, runs in this time; nothing tells that nothing will.
        await new Promise((resolve) => setTimeout(resolve, 300))
        return found
      })(${JSON.stringify(fields)})`,
    )
    expect(found).toEqual([])
    expect(ran()).toEqual([])
    await openAsXml(newsstand, page)
    expect(ran()).toEqual([])
  })
})

describe('a script in a request', () => {
  it('does not run in what it is answered with', { timeout: 120_000 }, async () => {
    const newsstand = await startNewsstand({ '1.md': files['1.md'] ?? '' })
    const bare = await openWatched(browser, newsstand.url, { bypassCSP: true })
    const isExpected = (fault: string) => /the server responded with a status of 4\d\d/.test(fault)
    for (const [n, vector] of markup.entries()) {
      const text = encodeURIComponent(vector)
      const slug = encodeURIComponent(vector.slice(0, 150))
      const others = [
        `/search?q=%22${text}`,
        `/search?q=section:${text}`,
        `/search/rss.xml?q=${text}`,
        `/subscribe?words=${text}&section=${text}&tag=${text}`,
        `/?page=${text}`,
        `/${text}`,
        `/articles/${slug}`,
        `/sections/${slug}/`,
      ]
      for (const path of [`/search?q=${text}`, at(others, n)]) {
        await visit(bare, path, isExpected)
      }
    }
    await bare.page.goto(`/search?q=${encodeURIComponent(markup[8] ?? '')}`)
    expect(await bare.page.locator('main input[name=q]').inputValue()).toBe(markup[8])
  })
})

describe('a script on the status page', () => {
  // It starts the program for every six vectors.
  it('does not run: names of files and readers, reasons, sections', {
    timeout: 240_000,
  }, async () => {
    for (let at = 0; at < markup.length; at += 6) await checkStatus(markup.slice(at, at + 6))
  })

  async function checkStatus(vectors: readonly string[]) {
    const newsstand = await startNewsstand({
      ...rejectedFiles(vectors),
      '1.md': files['1.md'] ?? '',
    })
    for (const vector of vectors) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: no header may hold these
      const agent = vector.replace(/[\0-\x1f]|[^\0-\xff]/g, '')
      await ask(`${newsstand.url}/rss.xml`, { 'User-Agent': agent })
      await ask(`${newsstand.url}/rss.xml`, {
        'User-Agent': `${agent.slice(0, 30)} 12 subscribers`,
      })
    }
    const bare = await openWatched(browser, newsstand.adminUrl, { bypassCSP: true })
    await bare.page.goto('/')
    const found = (await bare.page.evaluate(
      `(${dangers.replace("'iframe frame object embed applet base svg ", "'iframe frame object embed applet base ")})(document, true)`,
    )) as string[]
    expect(found).toEqual([])
    expect(bare.faults()).toEqual([])
    expect(await bare.page.getByText(/hit\(|alert|javascript/).count()).toBeGreaterThan(1)
    const policed = await openWatched(browser, newsstand.adminUrl)
    await policed.page.goto('/')
    expect(policed.faults()).toEqual([])
    await Promise.all([bare, policed].map(({ page }) => page.close()))
    await newsstand.stop()
  }
})
