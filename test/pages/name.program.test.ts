/** What a site's owner says of it stands wherever readers, crawlers and previews look for it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { expect, it } from 'vitest'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'

const files = {
  'a.md': '---\ntitle: Ours\ndate: 2024-03-04\nsection: Town\n---\nWords.\n',
  'b.md': '---\ntitle: By agencies\ndate: 2024-03-03\nsource: AFP\n---\nWords.\n',
}
const settings = {
  PUBLISHER_NAME: 'The Pier',
  SITE_TITLE: 'Pier News',
  SITE_DESCRIPTION: 'What happens at the water.',
  COPYRIGHT: '© 2020 The Pier & friends',
  SOURCE_LINE: 'false',
}

async function pageOf(newsstand: Newsstand, path: string) {
  const html = await newsstand.text(path)
  return { html, document: parseHTML(html).document }
}

it('a site has the title, description, rights and links that its owner has given it', async () => {
  const newsstand = await startNewsstand(files, settings)
  await newsstand.stop()
  const links = [
    { text: 'Imprint', url: '/imprint' },
    { text: 'Write <us>', url: 'mailto:us@pier.example' },
  ]
  writeFileSync(
    join(newsstand.dataDir, 'newsstand.config.json'),
    JSON.stringify({ FOOTER_LINKS: links }),
  )
  await newsstand.start()

  const feed = JSON.parse(await newsstand.text('/feed.json'))
  expect(feed).toMatchObject({
    title: 'Pier News',
    description: 'What happens at the water.',
    authors: [{ name: 'The Pier', url: `${newsstand.url}/` }],
  })
  const [ours, agencies] = feed.items
  expect(ours.content_html).toBe('<p>Words.</p>')
  expect(ours._newsstand.rights).toBe('© 2020 The Pier & friends')
  expect(agencies.content_html).toContain('AFP')
  expect(await newsstand.text('/rss.xml')).toContain('© 2020 The Pier &#x26; friends')
  expect(await newsstand.text('/sections/town/atom.xml')).toContain('Town · Pier News')

  const { document } = await pageOf(newsstand, '/')
  expect(document.title).toBe('Pier News')
  expect(document.querySelector('.wordmark')?.textContent.trim()).toBe('Pier News')
  expect(document.querySelector('meta[name=description]')?.getAttribute('content')).toBe(
    'What happens at the water.',
  )
  expect(document.querySelector('.copyright')?.textContent).toBe('© 2020 The Pier & friends')
  const foot = [...document.querySelectorAll('.foot a')].slice(-2)
  expect(foot.map((one) => [one.textContent, one.getAttribute('href')])).toEqual(
    links.map(({ text, url }) => [text, url]),
  )
  const article = await pageOf(newsstand, new URL(ours.url).pathname)
  expect(article.document.title).toBe('Ours · Pier News')
  expect(article.document.querySelector('.source')).toBeNull()
  for (const path of ['/', '/rss.xml', '/atom.xml', '/feeds.opml', '/subscribe', '/nowhere']) {
    expect(await newsstand.text(path), path).not.toMatch(/trt/i)
  }
})
