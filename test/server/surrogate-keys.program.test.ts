import { describe, expect, it } from 'vitest'
import type { Files } from '../support/folder.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { serve } from '../support/serve.ts'
import { until } from '../support/until.ts'

const story = (title: string, section: string, text = 'Text.') =>
  `---\ntitle: ${title}\ndate: 2026-01-01\nsection: ${section}\ntags: [Sea]\n---\n\n${text}\n`
const on = { SURROGATE_KEYS: 'true' }

/** A program that hears what has to be purged. @param files as the newsstand begins */
async function purging(files: Files) {
  const told: string[][] = []
  const hook = await serve(async (request, response) => {
    const { type, data } = JSON.parse(Buffer.concat(await request.toArray()).toString())
    if (type === 'cache.outdated') told.push(data.keys)
    response.writeHead(204).end()
  })
  const newsstand = await startNewsstand(files, { ...on, WEBHOOKS: hook })
  await until(() => told.length > 0, 'the first look')
  return { newsstand, told }
}

describe('with SURROGATE_KEYS', () => {
  it('every answer names what it was made from', async () => {
    const files = {
      ...{ 'a.md': story('One', 'World', '[Data](a.csv)'), 'a.csv': 'a', 'b.csv': 'b' },
      'a.png': Buffer.from('no picture'),
    }
    const newsstand = await startNewsstand(files, on)
    const keysOf = async (path: string, headers = {}) => {
      const answer = await newsstand.get(path, headers)
      expect(answer.status, path).toBeLessThan(400)
      const [keys, tags] = ['surrogate-key', 'cache-tag'].map((name) => answer.headers.get(name))
      expect(tags).toBe(keys?.replaceAll(' ', ',') ?? null)
      return keys?.split(' ')
    }
    const [{ url }] = JSON.parse(await newsstand.text('/feed.json')).items
    const expected = {
      '/rss.xml': ['newsstand', 'site'],
      '/sections/world/atom.xml': ['newsstand', 'sections-world'],
      '/tags/sea/feed.json': ['newsstand', 'tags-sea'],
      '/': ['newsstand', 'site', 'pages'],
      '/sections/world/': ['newsstand', 'sections-world', 'pages'],
      '/tags/': ['newsstand', 'site', 'pages'],
      [new URL(url).pathname]: ['newsstand', 'article-1', 'sections-world', 'pages'],
      '/feeds.opml': ['newsstand', 'site'],
      '/sitemap-articles-1.xml': ['newsstand', 'sitemap-1', 'site'],
      '/media/a.png': ['newsstand', 'media'],
      '/media/a.csv': ['newsstand', 'media'],
      '/robots.txt': ['newsstand'],
      '/style.css': ['newsstand'],
      '/favicon.svg': ['newsstand'],
    }
    for (const [path, keys] of Object.entries(expected))
      expect(await keysOf(path), path).toEqual(keys)
    const etag = String((await newsstand.get('/rss.xml')).headers.get('etag'))
    expect(await keysOf('/rss.xml', { 'If-None-Match': etag })).toEqual(['newsstand', 'site'])
    const { status, headers } = await newsstand.get('/media/b.csv')
    expect([status, headers.get('surrogate-key')], 'nothing links to it').toEqual([404, null])
  })

  it('a redirect lasts for an hour, since no key tells that a page has come there', async () => {
    const newsstand = await startNewsstand({ 'a.md': story('One', 'World') }, on)
    for (const path of ['/sections/world', '/feed/atom']) {
      const { status, headers } = await newsstand.get(path)
      expect([status, headers.get('cache-control'), headers.get('surrogate-key')], path).toEqual([
        ...[301, 'public, max-age=3600', 'newsstand'],
      ])
    }
  })

  it('webhooks are told which keys are outdated, those of a section that an article left too', async () => {
    const files = {
      'a.md': story('One', 'World'),
      'b.md': story('Two', 'Africa'),
      'c.md': story('Three', 'World'),
    }
    const { newsstand, told } = await purging(files)
    // Nobody knows what a cache has kept before.
    expect(told).toEqual([['newsstand']])
    newsstand.write('a.md', story('One', 'World', 'Another text.'))
    await until(() => told.length > 1, 'the edit')
    const [article = ''] = told[1]?.filter((key) => key.startsWith('article-')) ?? []
    const always = [article, 'sitemap-1', 'site', 'search', 'tags-sea']
    expect(told[1]?.toSorted()).toEqual([...always, 'sections-world'].toSorted())
    newsstand.write('a.md', story('One', 'Africa', 'Another text.'))
    await until(() => told.length > 2, 'the other section')
    // The navigation has them by the number of their articles.
    const sections = ['sections-world', 'sections-africa', 'pages']
    expect(told[2]?.toSorted()).toEqual([...always, ...sections].toSorted())
  })

  it('everything is outdated where a crash may have kept something from being told', async () => {
    const { newsstand, told } = await purging({ 'a.md': story('One', 'World') })
    await newsstand.stop()
    await newsstand.start()
    newsstand.write('b.md', story('Two', 'World'))
    await until(() => told.length > 1, 'a change')
    expect(told[1]).not.toContain('newsstand')
    await newsstand.stop('SIGKILL')
    newsstand.write('c.md', story('Three', 'World'))
    await newsstand.start()
    await until(() => told.length > 2, 'what changed while it was away')
    expect(told.at(-1)).toEqual(['newsstand'])
  })
})

it('no answer has keys without SURROGATE_KEYS', async () => {
  const newsstand = await startNewsstand({ 'a.md': story('One', 'World') })
  for (const path of ['/rss.xml', '/', '/feeds.opml', '/robots.txt']) {
    const { headers } = await newsstand.get(path)
    expect([headers.get('surrogate-key'), headers.get('cache-tag')], path).toEqual([null, null])
  }
})
