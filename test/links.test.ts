/** Links between articles: from files to what feeds and pages say over HTTP. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { DamageError } from '../src/catalogue/damage.ts'
import { nameLink } from '../src/intake/file-link.ts'
import { type Desk, openDesk } from './support/desk.ts'
import { ask } from './support/http.ts'
import { serve } from './support/serve.ts'
import { itOfTheFile } from './support/sharing.ts'

const base = 'https://news.example/base'
const settings = { BASE_URL: base }

const story = (title: string, text = 'Text.', more = '') =>
  `---\ntitle: ${title}\ndate: 2026-03-01\n${more}---\n${text}\n`

const first = story('First', 'See [the second](second.md).')

interface Item {
  readonly title: string
  readonly url: string
  readonly content_html: string
}

async function items(desk: Desk): Promise<Item[]> {
  return JSON.parse(await desk.feed('feed.json')).items
}

async function itemOf(desk: Desk, title: string): Promise<Item> {
  const found = (await items(desk)).find((item) => item.title === title)
  return found ?? expect.fail(`${title} is in no feed`)
}

const textOf = async (desk: Desk, title: string) => (await itemOf(desk, title)).content_html

/** A link to an article's page, as feeds have it. */
const linkTo = async (desk: Desk, title: string, words: string, fragment = '') =>
  `<a href="${(await itemOf(desk, title)).url}${fragment}">${words}</a>`

const numbersChanged = async (desk: Desk, change: () => Promise<void>) => {
  const versions = async () => {
    const listed = await desk.catalogue.listed({ kind: 'site', slug: '' }, 20_000)
    return new Map(listed.map(({ number, version }) => [number, version]))
  }
  const before = await versions()
  await change()
  return [...(await versions())].filter(([number, version]) => before.get(number) !== version)
    .length
}

describe('a link to the file of another article', () => {
  it('leads to its page, in every feed and on the page, with its fragment', async () => {
    const desk = await openDesk(
      {
        'notes/first.md': story(
          'First',
          '[second](second.md#more) [third](../third.md) [root](/third.md) [none](second.md?x=1) [bare](second) [folder](deep/) ' +
            '[self](#below) [host](/about) [other](https://other.example/second.md)',
        ),
        'notes/second.md': story('Second'),
        'notes/deep/index.md': story('Deep'),
        'third.md': story('Third', '[self](#below)'),
      },
      settings,
    )
    const url = await serve(desk.app)
    const text = await textOf(desk, 'First')
    expect(text).toContain(await linkTo(desk, 'Second', 'second', '#_more'))
    expect(text).toContain(await linkTo(desk, 'Third', 'third'))
    expect(text).toContain(await linkTo(desk, 'Third', 'root'))
    expect(text).toContain(await linkTo(desk, 'Second', 'none'))
    expect(text).toContain(await linkTo(desk, 'Second', 'bare'))
    expect(text).toContain(await linkTo(desk, 'Deep', 'folder'))
    expect(text).toContain(await linkTo(desk, 'First', 'self', '#_below'))
    expect(await textOf(desk, 'Third')).toContain(await linkTo(desk, 'Third', 'self', '#_below'))
    expect(text).toContain('<a href="https://news.example/about">host</a>')
    expect(text).toContain('<a href="https://other.example/second.md">other</a>')
    for (const fileName of ['rss.xml', 'atom.xml']) {
      expect(await desk.feed(fileName)).toContain(await linkTo(desk, 'Second', 'second', '#_more'))
    }
    const path = new URL((await itemOf(desk, 'First')).url).pathname
    const page = (await ask(url + path.slice('/base'.length))).body.toString()
    const second = new URL((await itemOf(desk, 'Second')).url).pathname
    expect(page).toContain(`<a href="${second}#_more">second</a>`)
    expect(page).toContain('<a href="#_below">self</a>')
    expect(page).not.toMatch(/<a(?=[\s>])(?![^>]* href=)/)
  })

  it('means what it means on the page of the original, where that is stated', async () => {
    const text = story('First', '[second](second.md)', 'canonical: https://a.example/b/c.html\n')
    const desk = await openDesk({ 'first.md': text, 'second.md': story('Second') }, settings)
    expect(await textOf(desk, 'First')).toContain(
      '<a href="https://a.example/b/second.md">second</a>',
    )
  })

  it('is its words until the file comes, and again when it has gone', async () => {
    const desk = await openDesk({ 'first.md': first, 'other.md': story('Other') }, settings)
    const url = await serve(desk.app)
    const { pathname } = new URL((await itemOf(desk, 'First')).url)
    const page = async () => (await ask(url + pathname.slice('/base'.length))).body.toString()
    expect(await page()).toContain('<p>See the second.</p>')
    expect(await textOf(desk, 'First')).toContain('<p>See the second.</p>')
    desk.write('second.md', story('Second'))
    // The other article is not touched.
    expect(await numbersChanged(desk, () => desk.refresh(['second.md']))).toBe(2)
    expect(await textOf(desk, 'First')).toContain(await linkTo(desk, 'Second', 'the second'))
    expect(await page()).toContain(new URL((await itemOf(desk, 'Second')).url).pathname)
    desk.remove('second.md')
    await desk.refresh(['second.md'])
    expect(await textOf(desk, 'First')).toContain('<p>See the second.</p>')
    expect(await page()).toContain('<p>See the second.</p>')
  })

  it('finds a file that comes later with another extension, or in a folder of its own', async () => {
    const desk = await openDesk(
      { 'first.md': story('First', '[a](a) [b](b/) [c](c.html)') },
      settings,
    )
    for (const [path, title] of [
      ['a.markdown', 'A'],
      ['b/index.md', 'B'],
      ['c.md', 'C'],
    ] as const) {
      desk.write(path, story(title))
      await desk.refresh([path])
    }
    await expect
      .poll(async () => (await textOf(desk, 'First')).match(/<a href="https:\/\/news[^>]*>[abc]</g))
      .toHaveLength(3)
  })

  it('is there again after the linking file and what it links to have moved together', async () => {
    const desk = await openDesk({ 'a/first.md': first, 'a/second.md': story('Second') }, settings)
    desk.move('a', 'b')
    await desk.refresh()
    expect(await textOf(desk, 'First')).toContain(await linkTo(desk, 'Second', 'the second'))
  })

  it('goes where the file is another article, a draft, expired, or of a day to come', async () => {
    const desk = await openDesk({ 'first.md': first, 'second.md': story('Second') }, settings)
    const words = '<p>See the second.</p>'
    for (const more of ['draft: true\n', 'expires: 2026-03-02\n']) {
      desk.write('second.md', story('Second', 'Text.', more))
      await desk.refresh(['second.md'])
      expect(await textOf(desk, 'First'), more).toContain(words)
      desk.write('second.md', story('Second'))
      await desk.refresh(['second.md'])
      expect(await textOf(desk, 'First'), more).toContain(
        await linkTo(desk, 'Second', 'the second'),
      )
    }
    desk.write('second.md', story('Second').replace('2026-03-01', '2999-01-01'))
    await desk.refresh(['second.md'])
    expect(await textOf(desk, 'First')).toContain(words)
    desk.write('second.md', story('New', 'Another text.'))
    await desk.refresh(['second.md'])
    expect(await textOf(desk, 'First')).toContain(await linkTo(desk, 'New', 'the second'))
  })

  it('stays where the file is rejected and its last good version is out', async () => {
    const desk = await openDesk({ 'first.md': first, 'second.md': story('Second') }, settings)
    desk.write('second.md', '---\ntitle:\n---\n')
    await desk.refresh(['second.md'])
    expect(await textOf(desk, 'First')).toContain(await linkTo(desk, 'Second', 'the second'))
  })

  it('is made anew at the moment at which the article is due', async () => {
    const dated = (date: string) => story('Second').replace('2026-03-01', date)
    const files = { 'first.md': first, 'second.md': dated('2099-01-01') }
    const desk = await openDesk(files, settings)
    expect(await textOf(desk, 'First')).toContain('<p>See the second.</p>')
    desk.write('second.md', dated(new Date(Date.now() + 3000).toISOString()))
    await desk.refresh(['second.md'])
    await expect
      .poll(() => textOf(desk, 'First'), { timeout: 30_000 })
      .toContain('/articles/second-')
  })

  it('may lead round in a ring', async () => {
    const ring = (n: number) => story(`Story ${n}`, `[next](${(n + 1) % 3}.md)`)
    const files = Object.fromEntries([0, 1, 2].map((n) => [`${n}.md`, ring(n)]))
    const desk = await openDesk(files, settings)
    for (const n of [0, 1, 2]) {
      const next = await linkTo(desk, `Story ${(n + 1) % 3}`, 'next')
      expect(await textOf(desk, `Story ${n}`)).toContain(next)
    }
    // An edit changes no page of another.
    desk.write('1.md', ring(1).replace('[next]', 'Edited. [next]'))
    expect(await numbersChanged(desk, () => desk.refresh(['1.md']))).toBe(1)
  })

  itOfTheFile('holds after a restart, and in a catalogue that was made anew', async () => {
    const desk = await openDesk({ 'first.md': first, 'second.md': story('Second') }, settings)
    const before = await desk.feed('feed.json')
    await desk.close()
    const folders = { folder: desk.folder, dataDir: desk.dataDir }
    const again = await openDesk({}, settings, folders)
    expect(await again.feed('feed.json')).toBe(before)
    await again.catalogue.repairIfDamaged(new DamageError('something is wrong'))
    again.remove('second.md')
    await again.refresh(['second.md'])
    // What went before it was read anew may be on its way elsewhere, and is looked for once more.
    await expect
      .poll(() => textOf(again, 'First'), { timeout: 30_000 })
      .toContain('<p>See the second.</p>')
  })

  it('is in the catalogue of articles that link to files alone', async () => {
    const text = story('Third', '[a](https://a.example/) [b](/b) `<a href="x.md">`')
    const desk = await openDesk({ 'first.md': first, 'third.md': text }, settings)
    const database = new DatabaseSync(join(desk.dataDir, 'catalogue.sqlite'), { readOnly: true })
    const rows = database.prepare('SELECT key FROM link').all()
    database.close()
    expect(rows.map(({ key }) => key)).toEqual(['second'])
  })
})

describe('a link to the name of a file', () => {
  const naming = (name: string, fragment = '') =>
    story('First', `<a href="${nameLink(name, fragment)}">it</a>`)

  it.each([
    ['second', 'second.md'],
    ['Second Note', 'deep/second note.md'],
    ['second.md', 'a/b/Second.md'],
    ['2026-01-02-second', 'second.md'],
    ['second', '_posts/2026-01-02-second.md'],
    ['second', 'posts/second/index.md'],
    ['posts/second', 'blog/posts/second.md'],
    ['/posts/second.md', 'posts/second.md'],
    ['Ünal', 'u\u0308nal.md'],
    ['Node.js', 'Node.js.md'],
  ])('%s finds %s', async (name, path) => {
    const desk = await openDesk(
      { 'notes/first.md': naming(name), [path]: story('Second') },
      settings,
    )
    expect(await textOf(desk, 'First')).toContain(await linkTo(desk, 'Second', 'it'))
  })

  it('finds the nearest, or the one of the stated date or folder', async () => {
    const files = {
      'a/first.md': naming('note', 'a b'),
      'a/third.md': story('Third', `<a href="${nameLink('2025-01-01-note', '')}">it</a>`),
      'a/fourth.md': story('Fourth', `<a href="${nameLink('b/note', '')}">it</a>`),
      'a/2026-01-01-note.md': story('Near'),
      'c/2025-01-01-note.md': story('Old'),
      'b/note.md': story('Far'),
    }
    const desk = await openDesk(files, settings)
    expect(await textOf(desk, 'First')).toContain(await linkTo(desk, 'Near', 'it', '#_ab'))
    expect(await textOf(desk, 'Third')).toContain(await linkTo(desk, 'Old', 'it'))
    expect(await textOf(desk, 'Fourth')).toContain(await linkTo(desk, 'Far', 'it'))
  })

  it('is its words until a file of that name comes, wherever it then moves', async () => {
    const desk = await openDesk({ 'first.md': naming('second') }, settings)
    expect(await textOf(desk, 'First')).toContain('<p>it</p>')
    desk.write('a/second.md', story('Second'))
    await desk.refresh(['a/second.md'])
    await expect.poll(() => textOf(desk, 'First')).toContain('/articles/second-')
    desk.move('a/second.md', 'b/second.md')
    await desk.refresh(['a/second.md', 'b/second.md'])
    await expect.poll(() => textOf(desk, 'First')).toContain('/articles/second-')
    rmSync(join(desk.folder, 'b/second.md'))
    await desk.refresh(['b/second.md'])
    expect(await textOf(desk, 'First')).toContain('<p>it</p>')
  })

  it('is found after a restart between the coming of the file and the reading of the link', async () => {
    const desk = await openDesk({ 'first.md': naming('second') }, settings)
    desk.write('a/second.md', story('Second'))
    await desk.refresh(['a/second.md'])
    await desk.close()
    const folders = { folder: desk.folder, dataDir: desk.dataDir }
    const again = await openDesk({}, settings, folders)
    expect(await textOf(again, 'First')).toContain('/articles/second-')
  })
})

it('an article that a thousand link to changes those alone', async () => {
  const linking = Array.from({ length: 1000 }, (_, n) => [
    `${n}.md`,
    story(`Story ${n}`, '[it](it.md)'),
  ])
  const desk = await openDesk(
    Object.fromEntries([...linking, ['other.md', story('Other')]]),
    settings,
  )
  desk.write('it.md', story('It'))
  expect(await numbersChanged(desk, () => desk.refresh(['it.md']))).toBe(1001)
})
