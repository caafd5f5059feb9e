import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { until } from '../support/until.ts'

const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
const drawing = (width: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"><path d="M0 0h9"/></svg>`

const post = (title: string, text = `Text of ${title}.`, matter = '') => `---
title: ${title}
date: 2024-05-01
${matter}---
${text}
`

const byKey = (title: string) => post(title, undefined, 'author: jo\n')
const authors = (name: string) => `jo:\n  name: ${name}\n`

/** The same data folder with a program that starts anew. */
async function restarted(desk: Desk): Promise<Desk> {
  await desk.close()
  return openDesk({}, {}, desk)
}

const notesOf = async (desk: Desk) =>
  (await desk.catalogue.notes(100)).flatMap(({ path, notes }) =>
    notes.map(({ text }) => `${path}: ${text}`),
  )

const bylines = async (desk: Desk) =>
  (await desk.articles()).map(({ title, authors: [author] }) => `${title} by ${author?.name}`)

/** How an edit is learnt of: by word of the watch, by a look at everything, by one after a restart. */
type Learn = (desk: Desk, path: string) => Promise<Desk>
const ways: readonly (readonly [string, Learn])[] = [
  [
    'is told of it',
    async (desk, path) => {
      await desk.refresh([path])
      return desk
    },
  ],
  [
    'looks at everything',
    async (desk) => {
      await desk.refresh()
      return desk
    },
  ],
  ['starts anew', restarted],
]

describe.each(ways)('an article whose other files change, when the program %s', (_, learn) => {
  it('shows a picture that comes later, and is told of no more', async () => {
    const desk = await openDesk({ 'posts/a.md': post('A', 'Text. ![](tides.svg)') })
    expect(await notesOf(desk)).toEqual([
      'posts/a.md: "tides.svg" is not in the articles folder and is not shown',
    ])
    desk.write('posts/tides.svg', drawing(10))
    const later = await learn(desk, 'posts/tides.svg')
    const [article] = await later.articles()
    expect(article?.content).toContain('src="/media/posts/tides.svg"')
    expect(await notesOf(later)).toEqual([])
  })

  it('shows what is included, and what the site states, as these are now', async () => {
    const desk = await openDesk({
      '_config.yml': 'motto: Ships first.\n',
      '_includes/tide.md': 'High at noon.\n',
      '_posts/2024-05-01-a.md': post('A', '{% include tide.md %}\n\n{{ site.motto }}'),
    })
    const [before] = await desk.articles()
    expect(before?.content).toBe('<p>High at noon.</p>\n<p>Ships first.</p>')
    desk.write('_includes/tide.md', 'High at one.\n')
    const later = await learn(desk, '_includes/tide.md')
    later.write('_config.yml', 'motto: Crews first.\n')
    const last = await learn(later, '_config.yml')
    const [article] = await last.articles()
    expect(article?.content).toBe('<p>High at one.</p>\n<p>Crews first.</p>')
  })

  it('shows what is included, and what the site states, once it is there', async () => {
    const desk = await openDesk({
      '_posts/2024-05-01-a.md': post('A', '{% include tide.md %}\n\nSee {{ site.motto }}'),
    })
    desk.write('_includes/tide.md', 'High at noon.\n')
    const later = await learn(desk, '_includes/tide.md')
    const [article] = await later.articles()
    expect(article?.content).toContain('High at noon.')
    later.write('_config.yml', 'motto: Ships first.\n')
    const last = await learn(later, '_config.yml')
    const [now] = await last.articles()
    expect(now?.content).toContain('See Ships first.')
  })

  it('has the picture for its lead that comes into its bundle', async () => {
    const desk = await openDesk({ 'posts/a/index.md': post('A') })
    desk.write('posts/a/cover.svg', drawing(10))
    const later = await learn(desk, 'posts/a/cover.svg')
    const [article] = await later.articles()
    expect(article?.image?.url).toBe('/media/posts/a/cover.svg')
  })

  it('leads to data in JSON that comes later', async () => {
    const desk = await openDesk({ 'posts/a.md': post('A', 'The [counts](counts.json) of gulls.') })
    expect((await desk.articles())[0]?.content).toBe('<p>The counts of gulls.</p>')
    desk.write('posts/counts.json', '{"gulls": 7}')
    const later = await learn(desk, 'posts/counts.json')
    expect((await later.articles())[0]?.content).toContain('href="/media/posts/counts.json"')
    expect(await notesOf(later)).toEqual([])
  })

  it('is an article once what it copies is gone, and none when that is back', async () => {
    const copy = "posts/a (Jo's conflicted copy 2026-01-01).md"
    const desk = await openDesk({ 'posts/a.md': post('A'), [copy]: post('A of Jo') })
    const titles = async (of: Desk) => (await of.articles()).map(({ title }) => title)
    expect(await titles(desk)).toEqual(['A'])
    desk.remove('posts/a.md')
    const later = await learn(desk, 'posts/a.md')
    expect(await titles(later)).toEqual(['A of Jo'])
    later.write('posts/a.md', post('A anew'))
    expect(await titles(await learn(later, 'posts/a.md'))).toEqual(['A anew'])
  })

  it('shows a picture no more that has gone, and says so', async () => {
    const text = 'Text. ![](pier.gif)'
    const desk = await openDesk({
      'posts/a.md': post('A', text, 'image: pier.gif\n'),
      'posts/pier.gif': gif,
    })
    const [before] = await desk.articles()
    expect(before?.image?.url).toBe('/media/posts/pier.gif')
    desk.remove('posts/pier.gif')
    const later = await learn(desk, 'posts/pier.gif')
    const [article] = await later.articles()
    expect(article?.content).not.toContain('pier.gif')
    expect(article?.image).toBeUndefined()
    expect(await notesOf(later)).toEqual([
      'posts/a.md: "pier.gif" is not in the articles folder and is not shown',
    ])
    expect(article?.id).toBe(before?.id)
  })

  it('is an article once the picture is there that is all of it', async () => {
    const desk = await openDesk({ 'a.md': post('A', '![](pier.gif)') })
    expect(await desk.articles()).toEqual([])
    desk.write('img/pier.gif', gif)
    const later = await learn(desk, 'img/pier.gif')
    expect((await later.articles()).map(({ title }) => title)).toEqual(['A'])
  })

  it('leads to a download that comes later', async () => {
    const desk = await openDesk({ 'a.md': post('A', 'Text. [Counts](files/boats.csv)') })
    desk.write('files/boats.csv', 'boat\n1\n')
    const later = await learn(desk, 'files/boats.csv')
    const [article] = await later.articles()
    expect(article?.content).toContain('href="/media/files/boats.csv"')
  })

  it('shows no picture of which another one of its name makes nobody know which is meant', async () => {
    const desk = await openDesk({ 'a.md': post('A', 'Text. ![](pier.gif)'), 'x/y/pier.gif': gif })
    expect((await desk.articles())[0]?.content).toContain('/media/x/y/pier.gif')
    desk.write('x/z/pier.gif', gif)
    const later = await learn(desk, 'x/z/pier.gif')
    expect((await later.articles())[0]?.content).not.toContain('pier.gif')
  })

  it('names its authors as the file says that they are named in now', async () => {
    const desk = await openDesk({ '_data/authors.yml': authors('Jo Lind'), 'a.md': byKey('A') })
    const [before] = await desk.articles()
    desk.write('_data/authors.yml', authors('Jo Lindgren'))
    const later = await learn(desk, '_data/authors.yml')
    expect(await bylines(later)).toEqual(['A by Jo Lindgren'])
    const [after] = await later.articles()
    expect(after?.id).toBe(before?.id)
    expect(after?.updated).not.toBe(before?.updated)
    expect((await later.articles({ kind: 'author', slug: 'jo-lindgren' })).length).toBe(1)
    expect((await later.articles({ kind: 'author', slug: 'jo-lind' })).length).toBe(0)
  })

  it('names its authors once there is a file that names them', async () => {
    const desk = await openDesk({ 'blog/a.md': byKey('A') })
    expect(await bylines(desk)).toEqual(['A by jo'])
    desk.write('blog/authors.yml', authors('Jo Lind'))
    expect(await bylines(await learn(desk, 'blog/authors.yml'))).toEqual(['A by Jo Lind'])
  })

  it.each([
    ['broken', 'jo:\n  name: {Jo Lind\nada:\n  name: Ada\n', '_data/authors.yml, line 2: it has'],
    ['emptied', '', '_data/authors.yml is empty'],
  ])(
    'keeps its authors while the file that names them is %s, and says so',
    async (_, text, why) => {
      const desk = await openDesk({ '_data/authors.yml': authors('Jo Lind'), 'a.md': byKey('A') })
      desk.write('_data/authors.yml', text)
      const broken = await learn(desk, '_data/authors.yml')
      expect(await bylines(broken)).toEqual(['A by Jo Lind'])
      expect(await notesOf(broken)).toEqual([
        expect.stringContaining(`a.md: the names of its authors cannot be read: ${why}`),
      ])
      broken.write('a.md', post('A', 'Another text.', 'author: jo\n'))
      await broken.refresh()
      expect(await bylines(broken)).toEqual(['A by Jo Lind'])
      broken.write('_data/authors.yml', authors('Jo Lindgren'))
      const mended = await learn(broken, '_data/authors.yml')
      expect(await bylines(mended)).toEqual(['A by Jo Lindgren'])
      expect(await notesOf(mended)).toEqual([])
    },
  )
})

describe('what an article needs of other files', () => {
  it('is not there when it is a link to nothing', async () => {
    const desk = await openDesk({
      'a.md': post('A', 'Text. ![](tides.svg)'),
      'kept/t.svg': drawing(10),
    })
    symlinkSync('kept/t.svg', join(desk.folder, 'tides.svg'))
    await desk.refresh()
    expect((await desk.articles())[0]?.content).toContain('<img')
    rmSync(join(desk.folder, 'kept/t.svg'))
    await desk.refresh()
    expect((await desk.articles())[0]?.content).not.toContain('<img')
  })

  it.each([
    ['is JSON', '_data/authors.json'],
    ['is a symbolic link', '_data/authors.yml'],
  ])('is not read again while it stays as it is: a file of authors that %s', async (_, path) => {
    const desk = await openDesk({ 'a.md': byKey('A'), '_data/jo.yml': authors('Jo Lin') })
    if (path.endsWith('json')) desk.write(path, '{ "jo": { "name": "Jo Lin" } }')
    else symlinkSync('jo.yml', join(desk.folder, path))
    await desk.refresh()
    const { length } = desk.refresher.history.recent
    await desk.refresh()
    expect(desk.refresher.history.recent.length).toBe(length)
  })

  it('is read again when word comes that a picture has changed', async () => {
    const desk = await openDesk({
      'a.md': post('A', undefined, 'image: pier.svg\n'),
      'pier.svg': drawing(10),
    })
    expect((await desk.articles())[0]?.image?.width).toBe(10)
    desk.write('pier.svg', drawing(20))
    await desk.refresh(['pier.svg'])
    expect((await desk.articles())[0]?.image?.width).toBe(20)
  })

  it('goes and comes with a folder', async () => {
    const desk = await openDesk({
      'a.md': post('A', 'Text. ![](pier.gif)'),
      'img/pier.gif': gif,
    })
    desk.move('img', 'away')
    await desk.refresh(['img', 'away'])
    expect((await desk.articles())[0]?.content).toContain('/media/away/pier.gif')
    rmSync(join(desk.folder, 'away'), { recursive: true })
    await desk.refresh(['away'])
    expect((await desk.articles())[0]?.content).not.toContain('pier.gif')
    desk.write('img/pier.gif', gif)
    await desk.refresh(['img'])
    expect((await desk.articles())[0]?.content).toContain('/media/img/pier.gif')
  })

  it('has only those articles read again that need it, and these once', async () => {
    const desk = await openDesk({
      '_data/authors.yml': authors('Jo Lind'),
      'a.md': byKey('A'),
      'b.md': post('B', 'Text. ![](pier.gif) ![](x/other.gif)'),
      'c.md': post('C', 'Text. ![](quay.gif)', 'author: Ada Berg\n'),
      'd.md': post('D'),
      'm/pier.gif': gif,
      'n/pier.gif': gif,
    })
    await desk.refresh()
    expect(desk.refresher.history.recent.length).toBe(1)
    desk.write('quay.gif', gif)
    await desk.refresh()
    expect(desk.progress()).toBe(1)
    desk.write('_data/authors.yml', authors('Jo Lindgren'))
    await desk.refresh()
    expect(desk.progress()).toBe(2)
    const passes = desk.refresher.history.kept
    await desk.refresh()
    await restarted(desk)
    expect(desk.refresher.history.kept).toBe(passes)
  })
})

describe('the real program, which watches its folder', () => {
  it('shows a picture that comes, says that it went, and follows its file of authors', async () => {
    const files = {
      '_data/authors.yml': authors('Jo Lind'),
      'a.md': post('A', 'Text. ![](tides.svg)', 'author: jo\n'),
    }
    const newsstand = await startNewsstand(files, { REFRESH_CRON: '0 0 1 1 *' })
    const feed = () => newsstand.text('/feed.json')
    expect(await feed()).not.toContain('tides.svg')
    newsstand.write('tides.svg', drawing(10))
    await until(async () => (await feed()).includes('/media/tides.svg'), 'the picture')
    newsstand.write('_data/authors.yml', authors('Jo Lindgren'))
    await until(async () => (await feed()).includes('Jo Lindgren'), 'the name')
    newsstand.remove('tides.svg')
    await until(async () => !(await feed()).includes('tides.svg'), 'no picture')
    expect(JSON.parse(await feed()).items).toHaveLength(1)
  })
})

describe('JSON that comes while the real program watches its folder', () => {
  it('is a story, the next version of it, or what authors are named by', async () => {
    const newsstand = await startNewsstand({ 'a.md': byKey('A') }, { REFRESH_CRON: '0 0 1 1 *' })
    const shows = (text: string) =>
      until(async () => (await newsstand.text('/feed.json')).includes(text), text)
    const story = (headline: string, version: number) =>
      JSON.stringify({
        uri: 'urn:example:1',
        type: 'text',
        version: `${version}`,
        versioncreated: `2024-05-0${version}T10:00:00Z`,
        headline,
        body_html: `<p>Text of ${headline}.</p>`,
      })
    newsstand.write('w1.json', story('Ferries stop', 1))
    await shows('Ferries stop')
    newsstand.write('w2.json', story('Ferries stop for a day', 2))
    await shows('Ferries stop for a day')
    newsstand.write('_data/authors.json', '{ "jo": { "name": "Jo Lind" } }')
    await shows('Jo Lind')
    newsstand.write('_data/authors.json', '{ "jo": { "name": "Jo Lindgren" } }')
    await shows('Jo Lindgren')
  })
})

describe('an author whom an article names by a key', () => {
  it('is no part of what an article is known by when its file is moved', async () => {
    const desk = await openDesk({ '_data/authors.yml': authors('Jo Lind'), 'a.md': byKey('A') })
    const [before] = await desk.articles()
    desk.write('_data/authors.yml', authors('Jo Lindgren'))
    desk.move('a.md', 'moved/a.md')
    await desk.refresh()
    expect((await desk.articles())[0]?.id).toBe(before?.id)
    expect(await bylines(desk)).toEqual(['A by Jo Lindgren'])
  })
})
