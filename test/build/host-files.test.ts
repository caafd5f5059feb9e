import { describe, expect, it } from 'vitest'
import { hostFiles } from '../../src/build/hosts/host-files.ts'
import { loadConfig } from '../../src/config.ts'
import { openDesk } from '../support/desk.ts'
import type { Files } from '../support/folder.ts'

const story = (title: string, aliases: readonly string[]) =>
  `---\ntitle: ${title}\ndate: 2026-01-01\naliases: ${JSON.stringify(aliases)}\n---\n\nText.\n`

async function filesOf(files: Files) {
  const desk = await openDesk(files, { BASE_URL: 'https://news.example' })
  const config = loadConfig({ BASE_URL: 'https://news.example' }, desk.dataDir)
  const parts = { catalogue: desk.catalogue, config, isWritten: () => false }
  const made = await hostFiles(parts)
  const [headers = expect.fail(), redirects = expect.fail()] = made.files
  expect([headers.path, redirects.path]).toEqual(['_headers', '_redirects'])
  return { ...made, headers: headers.content, redirects: redirects.content.trimEnd().split('\n') }
}

/** As both services read them: a placeholder is a part of a path, an asterisk anything. */
const matcherOf = (path: string) =>
  new RegExp(`^${path.replace(/[.?]/g, '\\$&').replace(/:\w+/g, '[^/]+').replace('*', '.*')}$`)

/** Rules with their headers. */
const rulesOf = (text: string) =>
  text
    .trimEnd()
    .split(/\n(?=\/)/)
    .map((rule) => {
      const [path = '', ...lines] = rule.split('\n')
      const headers = lines.map((line) => /^ {2}([\w-]+): (.+)$/.exec(line) ?? expect.fail(line))
      return { path, headers: new Map(headers.map(([, name = '', value = '']) => [name, value])) }
    })

describe('_headers', () => {
  it('has one rule for each address, within what Cloudflare Pages takes', async () => {
    const { headers } = await filesOf({ 'a.md': story('One', []) })
    const rules = rulesOf(headers)
    expect(rules.length).toBeLessThanOrEqual(100)
    for (const line of headers.split('\n')) expect(line.length).toBeLessThan(2000)
    const headersOf = (address: string) => {
      const found = rules.filter(({ path }) => matcherOf(path).test(address))
      expect(
        found.map(({ path }) => path),
        address,
      ).toHaveLength(1)
      return Object.fromEntries(found[0]?.headers ?? [])
    }
    const page = { 'Content-Security-Policy': /^default-src 'none';style-src 'self'/ }
    const rss = { 'Content-Type': 'application/rss+xml; charset=utf-8' }
    const expected: Record<string, Record<string, string | RegExp>> = {
      ...Object.fromEntries(
        ['/', '/tags/', '/tags/sea/', '/tags/sea/page/2/', '/page/3/', '/subscribe'].map((path) => [
          path,
          page,
        ]),
      ),
      ...Object.fromEntries(
        ['/rss.xml', '/tags/sea/rss.xml', '/archive/1/rss.xml', '/tags/sea/archive/12/rss.xml'].map(
          (path) => [path, rss],
        ),
      ),
      '/articles/one-1234': page,
      '/feeds.opml': { 'Content-Type': 'text/x-opml; charset=utf-8' },
      '/sitemap-articles-1.xml': { 'Access-Control-Allow-Origin': '*' },
      '/sitemap.xml': { 'Access-Control-Allow-Origin': '*' },
      '/media/a/b.jpg': { 'Cache-Control': 'public, max-age=3600' },
      '/style.css': { 'Cache-Control': 'public, max-age=3600' },
      '/favicon.svg': { 'Content-Security-Policy': /sandbox$/ },
    }
    for (const [address, some] of Object.entries(expected)) {
      const found = headersOf(address)
      for (const [name, value] of Object.entries(some)) {
        if (value instanceof RegExp) expect(found[name], address).toMatch(value)
        else expect(found[name], address).toBe(value)
      }
    }
  })
})

describe('_redirects', () => {
  it('leads from former addresses and those of feeds, what has no placeholder first', async () => {
    const desk = await filesOf({ 'a.md': story('One', ['/old/one', '/2024/café', '/a b', '/a*b']) })
    const at = (start: string) => desk.redirects.findIndex((line) => line.startsWith(start))
    expect(desk.redirects[at('/old/one ')]).toMatch(/^\/old\/one \/articles\/one-\w+ 301$/)
    expect(at('/2024/caf%C3%A9 ')).toBeGreaterThan(-1)
    expect(at('/feed/atom ')).toBeGreaterThan(-1)
    expect(desk.redirects).toContain('/tags/:slug/feed /tags/:slug/rss.xml 301')
    const firstDynamic = desk.redirects.findIndex((line) => line.includes(':'))
    expect(desk.redirects.slice(firstDynamic).every((line) => line.includes(':'))).toBe(true)
    expect(desk.redirects.length - firstDynamic).toBeLessThanOrEqual(100)
    expect(desk.leftOut).toEqual([
      'For Netlify and Cloudflare Pages: former addresses of pages that cannot be written in _redirects: 1.',
    ])
  })

  it('says what the services pass over', async () => {
    const many = (n: number) => Array.from({ length: 100 }, (_, m) => `/old/${n}/${m}`)
    const files = Object.fromEntries(
      Array.from({ length: 105 }, (_, n) => [`${n}.md`, story(`Number ${n}`, many(n))]),
    )
    const { redirects, leftOut } = await filesOf(files)
    expect(redirects.filter((line) => !line.includes(':'))).toHaveLength(10_000)
    expect(leftOut).toEqual([
      'Of the 10,000 redirects in _redirects Cloudflare Pages reads the first 2,000.',
      expect.stringMatching(
        /^For Netlify and Cloudflare Pages: former addresses of pages that are not in _redirects, which has 10,000: \d{3}\.$/,
      ),
    ])
  })
})
