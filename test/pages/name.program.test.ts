/** What a site's owner says of it stands wherever readers, crawlers and previews look for it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
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
  // A validator does not know it, so it is there for what is the site's own.
  expect(await newsstand.text('/rss.xml')).not.toContain('webfeeds')
  const articlePath = new URL(ours.url).pathname
  for (const path of [
    ...['/', '/rss.xml', '/atom.xml', '/feed.json', '/feeds.opml', '/site.webmanifest'],
    ...['/subscribe', '/search?q=words', '/nowhere', articlePath],
  ]) {
    expect(await newsstand.text(path), path).not.toMatch(/trt/i)
  }
})

/** What crawlers are told: by property or name, and as schema.org has it. */
async function previewOf(newsstand: Newsstand, path: string) {
  const { document } = await pageOf(newsstand, path)
  const facts = document.querySelector('script[type="application/ld+json"]')?.textContent
  return {
    facts: JSON.parse(facts ?? '{}'),
    meta: Object.fromEntries(
      [...document.querySelectorAll('meta[content]')].map((one) => [
        one.getAttribute('property') ?? one.getAttribute('name'),
        one.getAttribute('content'),
      ]),
    ),
  }
}

const home = new URL('../../public/', import.meta.url)
const png = (name: string) => readFileSync(new URL(name, home))

it('a site has the logo, icon, colour and stylesheet of its owner', async () => {
  const folder = temporaryFolder({
    'logo.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 0h4"/></svg>',
    'icon.png': png('icon-192.png'),
    'own.css': '.wordmark { outline: 1px solid }',
  })
  const newsstand = await startNewsstand(
    {
      ...files,
      'c.md':
        '---\ntitle: Pictured\ndate: 2024-05-01\nimage: a.png\naudio: https://media.example/a.mp3\n---\nWords.\n',
      'a.png': png('icon-192.png'),
    },
    {
      PUBLISHER_NAME: 'The Pier',
      LOGO: join(folder, 'logo.svg'),
      ICON: join(folder, 'icon.png'),
      ACCENT_COLOUR: '#005a9c',
      STYLESHEET: join(folder, 'own.css'),
    },
  )
  const { url } = newsstand
  const { document } = await pageOf(newsstand, '/')
  const logo = document.querySelector('.wordmark img')
  expect(logo?.getAttribute('alt')).toBe('The Pier')
  const logoPath = logo?.getAttribute('src') ?? ''
  const drawn = await newsstand.get(logoPath)
  expect(drawn.headers.get('content-type')).toBe('image/svg+xml')
  expect(drawn.headers.get('content-security-policy')).toContain('sandbox')
  expect(drawn.headers.get('cache-control')).toContain('immutable')

  const iconPath = document.querySelector('link[rel=icon]')?.getAttribute('href') ?? ''
  expect(document.querySelector('link[rel=apple-touch-icon]')?.getAttribute('href')).toBe(iconPath)
  for (const path of [iconPath, '/favicon.ico']) {
    const answer = await newsstand.get(path)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png('icon-192.png'))
  }
  const sheets = [...document.querySelectorAll('link[rel=stylesheet]')]
  const [ours, own] = await Promise.all(
    sheets.map((sheet) => newsstand.text(sheet.getAttribute('href') ?? '')),
  )
  expect(ours).toContain('--accent: light-dark(#005a9c, #4d8cba);')
  expect(own).toBe('.wordmark { outline: 1px solid }')
  expect(newsstand.output()).toContain('ACCENT_COLOUR #005a9c has a contrast of 2.')

  const admin = await (await fetch(newsstand.adminUrl)).text()
  expect(admin).toContain(`<link rel="icon" href="${iconPath}" type="image/png">`)
  const [, sheet = ''] = /<link rel="stylesheet" href="([^"]+)">/.exec(admin) ?? []
  expect(await (await fetch(newsstand.adminUrl + sheet)).text()).toBe(ours)
  const iconThere = await fetch(newsstand.adminUrl + iconPath)
  expect(iconThere.headers.get('content-type')).toBe('image/png')

  const rss = await newsstand.text('/rss.xml')
  expect(rss).toContain(`<url>${url}${iconPath}</url>`)
  expect(rss).toContain('<width>144</width>')
  expect(rss).toContain(`<webfeeds:icon>${url}${iconPath}</webfeeds:icon>`)
  expect(rss).toContain(`<webfeeds:logo>${url}${logoPath}</webfeeds:logo>`)
  expect(rss).toContain('<webfeeds:accentColor>005a9c</webfeeds:accentColor>')
  const atom = await newsstand.text('/atom.xml')
  expect(atom).toContain(`<icon>${url}${iconPath}</icon>`)
  expect(atom).toContain(`<logo>${url}${logoPath}</logo>`)
  const feed = JSON.parse(await newsstand.text('/feed.json'))
  expect(feed).toMatchObject({ icon: url + iconPath, favicon: url + iconPath })
  const { icons, ...colours } = JSON.parse(await newsstand.text('/site.webmanifest'))
  expect(colours).toMatchObject({ theme_color: '#005a9c' })
  // The grounds are what the stylesheet makes them.
  expect(colours).not.toHaveProperty('background_color')
  expect(document.querySelector('meta[name=theme-color]')).toBeNull()
  expect(icons).toEqual([{ src: iconPath, sizes: '192x192', type: 'image/png', purpose: 'any' }])

  const [pictured, plain] = feed.items.map((item: { url: string }) => new URL(item.url).pathname)
  expect((await previewOf(newsstand, '/')).meta).toMatchObject({
    'og:type': 'website',
    'og:title': 'The Pier',
    'og:description': 'The newest articles of The Pier.',
    'og:image': url + iconPath,
    'og:image:type': 'image/png',
    'og:image:width': '192',
    'twitter:card': 'summary',
  })
  expect((await previewOf(newsstand, '/sections/town/')).meta).toMatchObject({
    'og:title': 'Town',
    'og:description': 'The newest articles of The Pier in the section Town.',
    'og:url': `${url}/sections/town/`,
  })
  expect((await previewOf(newsstand, '/search?q=words')).meta).toMatchObject({
    description: 'The newest articles of The Pier found by searching for words.',
    'og:url': `${url}/search?q=words`,
  })
  const { meta, facts } = await previewOf(newsstand, pictured)
  expect(meta).toMatchObject({
    description: 'Words.',
    'og:description': 'Words.',
    'og:image': `${url}/media/a.png`,
    'og:image:type': 'image/png',
    'og:image:width': '192',
    'og:image:height': '192',
    'twitter:card': 'summary_large_image',
  })
  expect(facts.publisher.logo).toEqual({ '@type': 'ImageObject', url: url + logoPath })
  expect(facts.associatedMedia).toEqual({
    '@type': 'AudioObject',
    name: 'Pictured',
    contentUrl: 'https://media.example/a.mp3',
    encodingFormat: 'audio/mpeg',
    uploadDate: facts.datePublished,
  })
  expect((await previewOf(newsstand, plain)).meta).toMatchObject({ 'og:image': url + iconPath })
})

const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 0h4"/></svg>'

it("a drawing stands where drawings are shown, and nobody else's picture where they are not", async () => {
  const folder = temporaryFolder({ 'icon.svg': drawing, 'logo.png': png('logo.png') })
  const settings = { PUBLISHER_NAME: 'The Pier', ICON: join(folder, 'icon.svg') }
  const newsstand = await startNewsstand(files, settings)
  const icon = await newsstand.get('/favicon.ico')
  expect(icon.headers.get('content-type')).toBe('image/svg+xml')
  const { document } = await pageOf(newsstand, '/')
  const path = document.querySelector('link[rel=icon]')?.getAttribute('href')
  expect(document.querySelector('link[rel=apple-touch-icon]')).toBeNull()
  const { icons, theme_color } = JSON.parse(await newsstand.text('/site.webmanifest'))
  expect(icons).toEqual([{ src: path, sizes: 'any', type: 'image/svg+xml', purpose: 'any' }])
  // The colour of its pages, since the owner has stated none.
  const ground = document.querySelector('meta[name=theme-color]')?.getAttribute('content')
  expect([theme_color, ground]).toEqual(['#fdfcf9', '#fdfcf9'])
  const rss = await newsstand.text('/rss.xml')
  expect(rss).toContain('<webfeeds:icon>')
  expect(rss).not.toContain('webfeeds:accentColor')
  expect(rss).not.toContain('<image>')
  expect(rss).toContain(`<webfeeds:icon>${newsstand.url}${path}</webfeeds:icon>`)
  expect((await previewOf(newsstand, '/')).meta).not.toHaveProperty('og:image')
  await newsstand.stop()

  await newsstand.start({ LOGO: join(folder, 'logo.png') })
  const both = await newsstand.text('/rss.xml')
  expect(both).toMatch(/<url>[^<]*\/site-logo\.png\?v=[^<]*<\/url>/)
  expect(both).toContain('<width>144</width>\n   <height>72</height>')
  const { meta, facts } = await previewOf(
    newsstand,
    firstArticle(await newsstand.text('/feed.json')),
  )
  expect(meta['og:image']).toContain('/site-logo.png')
  expect(facts.publisher.logo).toMatchObject({ url: meta['og:image'], width: 400, height: 200 })
})

const firstArticle = (json: string) => new URL(JSON.parse(json).items[0].url).pathname

it('a logo alone is the icon too, and ours stands nowhere beside it', async () => {
  const folder = temporaryFolder({ 'logo.svg': drawing })
  const newsstand = await startNewsstand(files, {
    PUBLISHER_NAME: 'The Pier',
    LOGO: join(folder, 'logo.svg'),
  })
  const own = /\/site-icon\.svg\?v=/
  expect(await newsstand.text('/favicon.svg')).toBe(drawing)
  const manifest = JSON.parse(await newsstand.text('/site.webmanifest'))
  expect(manifest.icons).toEqual([
    { src: expect.stringMatching(own), sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
  ])
  const { icon, favicon } = JSON.parse(await newsstand.text('/feed.json'))
  for (const url of [icon, favicon]) expect(url).toMatch(own)
  for (const path of ['/rss.xml', '/atom.xml', '/']) {
    expect(await newsstand.text(path)).not.toMatch(/icon-\d+\.png|\/logo\.png|favicon\.svg/)
  }
})
