/** What files state of their articles' identity and addresses, as the catalogue keeps it. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { DamageError } from '../../src/catalogue/damage.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { itOfTheFile } from '../support/sharing.ts'
import { until } from '../support/until.ts'

/** @param head further lines of the front matter */
const story = (title: string, head = '', body = `What ${title} says.`) =>
  `---\ntitle: ${title}\ndate: 2024-05-06T07:00\n${head ? `${head}\n` : ''}---\n${body}\n`

/** The slugs of all that is out, by title. */
async function slugsOf(desk: Desk) {
  const articles = await desk.articles()
  return Object.fromEntries(articles.map(({ title, slug }) => [title, slug]))
}

/** What is at a slug: the title of an article, its slug where that is another, or what there is in its place. */
async function at(desk: Desk, slug: string) {
  const found = await desk.catalogue.article(slug)
  return typeof found === 'object' ? found.slug : found
}

const rejectionsOf = async (desk: Desk) =>
  (await desk.catalogue.rejections(100)).map(({ path, reason }) => `${path}: ${reason}`)

describe('a slug that a file states', () => {
  it('is that of its page, as names are written in addresses', async () => {
    const desk = await openDesk({ 'a.md': story('One', 'slug: Über_uns & Wir') })
    expect(await slugsOf(desk)).toEqual({ One: 'uber-uns-and-wir' })
  })

  it('has the start of the id added where another article has it', async () => {
    const desk = await openDesk({
      'a.md': story('One', 'slug: harbour'),
      'b.md': story('Two', 'slug: harbour'),
    })
    const slugs = await slugsOf(desk)
    expect(slugs.One).toBe('harbour')
    expect(slugs.Two).toMatch(/^harbour-[0-9a-f]{8}$/)
    desk.write('c.md', story('Three', 'slug: harbour'))
    await desk.refresh()
    expect((await slugsOf(desk)).Three).toMatch(/^harbour-[0-9a-f]{8}$/)
    expect((await slugsOf(desk)).One).toBe('harbour')
  })

  it('is not one that we have made for another article', async () => {
    const desk = await openDesk({ 'a.md': story('One') })
    const { One } = await slugsOf(desk)
    desk.write('b.md', story('Two', `slug: ${One}`))
    await desk.refresh()
    expect((await slugsOf(desk)).Two).toMatch(new RegExp(`^${One}-[0-9a-f]{8}$`))
  })

  it('is not one that we made for another article before that stated its own', async () => {
    const desk = await openDesk({ 'a.md': story('One') })
    const { One: made } = await slugsOf(desk)
    for (const slug of ['first', 'second']) {
      desk.write('a.md', story('One', `slug: ${slug}`))
      await desk.refresh()
    }
    desk.write('b.md', story('Two', `slug: ${made}`))
    await desk.refresh()
    expect((await slugsOf(desk)).Two).toMatch(new RegExp(`^${made}-[0-9a-f]{8}$`))
    expect(await at(desk, made ?? '')).toBe('second')
  })

  it('is nobody else’s first one where its article comes back after another took it', async () => {
    const desk = await openDesk({
      'a.md': story('One', 'slug: first'),
      'z.md': story('Other'),
    })
    desk.write('a.md', story('One', 'slug: second'))
    await desk.refresh()
    desk.remove('a.md')
    await desk.refresh()
    desk.write('b.md', story('Two', 'slug: first'))
    await desk.refresh()
    desk.write('a.md', story('One', 'slug: second'))
    await desk.refresh()
    expect(await slugsOf(desk)).toMatchObject({ One: 'second', Two: 'first' })
    const firsts = (await desk.articles()).map(({ slug, firstSlug = slug }) => firstSlug)
    expect(new Set(firsts).size).toBe(3)
    await desk.catalogue.verify()
    expect(desk.log.join()).not.toContain('damaged')
  })

  it('changes the address, never the id, and leaves the former ones leading there for ever', async () => {
    const desk = await openDesk({ 'a.md': story('One') })
    const [{ id, slug: made = '' } = {}] = await desk.articles()
    for (const slug of ['first', 'second', 'third']) {
      desk.write('a.md', story('One', `slug: ${slug}`))
      await desk.refresh()
    }
    for (const former of [made, 'first', 'second', 'third'])
      expect(await at(desk, former)).toBe('third')
    desk.write('a.md', story('One'))
    await desk.refresh()
    const [article] = await desk.articles()
    expect(article).toMatchObject({ id, slug: 'third', firstSlug: made })
    await desk.close()
    const again = await openDesk({}, {}, desk)
    expect(await at(again, 'first')).toBe('third')
    again.write('b.md', story('Two', 'slug: first'))
    await again.refresh()
    expect(await at(again, 'first')).toBe('third')
    again.remove('a.md')
    await again.refresh()
    expect(await at(again, 'first')).toBe('gone')
  })

  it('is free when its article is gone, also within one refresh, and is not lost by one that comes back', async () => {
    const desk = await openDesk({ 'z.md': story('One', 'slug: harbour') })
    desk.remove('z.md')
    desk.write('a.md', story('Two', 'slug: harbour'))
    await desk.refresh()
    expect(await slugsOf(desk)).toEqual({ Two: 'harbour' })
    desk.write('z.md', story('One', 'slug: harbour'))
    await desk.refresh()
    const slugs = await slugsOf(desk)
    expect(slugs.Two).toBe('harbour')
    expect(slugs.One).toMatch(/^harbour-[0-9a-f]{8}$/)
    desk.remove('a.md')
    await desk.refresh()
    expect(await at(desk, 'harbour')).toBe(slugs.One)
  })

  it('is in the feeds as soon as it changes', async () => {
    const desk = await openDesk({ 'a.md': story('One', 'slug: first') })
    expect(await desk.feed('rss.xml')).toContain('/articles/first</link>')
    desk.write('a.md', story('One', 'slug: second'))
    await desk.refresh()
    for (const file of ['rss.xml', 'atom.xml', 'feed.json']) {
      const text = await desk.feed(file)
      expect(text).toContain('/articles/second')
      expect(text).not.toContain('/articles/first')
    }
  })
})

describe('a link to an article', () => {
  it('leads to the slug that it states, also where another article has left that', async () => {
    const desk = await openDesk({
      'a.md': story('One', '', '[two](b.md)'),
      'b.md': story('Two', 'slug: harbour'),
    })
    const linked = async () =>
      /href="[^"]*(\/articles\/[^"]*)">two/.exec(await desk.feed('rss.xml'))?.[1]
    expect(await linked()).toBe('/articles/harbour')
    desk.write('b.md', story('Two', 'slug: quay'))
    await desk.refresh()
    expect(await linked()).toBe('/articles/quay')
    desk.write('c.md', story('Three', 'slug: pier'))
    await desk.refresh()
    desk.remove('c.md')
    desk.write('b.md', story('Two', 'slug: pier'))
    await desk.refresh()
    expect(await linked()).toBe('/articles/pier')
  })
})

describe('an alias', () => {
  const slugAt = async (desk: Desk, path: string) => {
    const found = await desk.catalogue.slugAt(path, `news.example${path}`)
    return typeof found === 'object' ? found.slug : found
  }

  it('leads to the article that stated it first, while that is out', async () => {
    const desk = await openDesk({ 'b.md': story('One', 'slug: one\naliases: [/old/]') })
    desk.write('a.md', story('Two', 'slug: two\naliases: [/old/]'))
    await desk.refresh()
    expect(await slugAt(desk, '/old')).toBe('one')
    desk.remove('b.md')
    await desk.refresh()
    expect(await slugAt(desk, '/old')).toBe('two')
    desk.remove('a.md')
    await desk.refresh()
    expect(await slugAt(desk, '/old')).toBe('gone')
    expect(await slugAt(desk, '/older')).toBeUndefined()
  })

  it('leaves to another article what was its slug, and says so', async () => {
    const desk = await openDesk({ 'a.md': story('One'), 'b.md': story('Two', 'slug: pier') })
    const { One: made } = await slugsOf(desk)
    const wish = `aliases: [/articles/${made}, /articles/pier/, /articles/free, /pier]`
    desk.write('c.md', story('Three', `slug: three\n${wish}`))
    desk.write('a.md', story('One', 'slug: one'))
    desk.write('b.md', story('Two', 'slug: crane'))
    await desk.refresh()
    expect(await at(desk, made ?? '')).toBe('one')
    expect(await at(desk, 'pier')).toBe('crane')
    expect(await at(desk, 'free')).toBe('three')
    const notes = async () => (await desk.catalogue.notes(10)).flatMap((file) => file.notes)
    const told = [`/articles/${made}`, '/articles/pier'].map((alias) => ({
      text: `its alias ${alias} is or was another article's address and leads there`,
    }))
    expect(await notes()).toEqual(told)
    // The alias was there first.
    desk.write('d.md', story('Four', 'slug: free'))
    await desk.refresh()
    desk.write('d.md', story('Four', 'slug: four'))
    await desk.refresh()
    expect(await at(desk, 'free')).toBe('four')
    // An article may state what was its own, and what is nobody's any more.
    desk.write('b.md', story('Two', 'slug: crane\naliases: [/articles/pier]'))
    desk.remove('a.md')
    await desk.refresh()
    expect(await at(desk, made ?? '')).toBe('three')
    expect((await desk.catalogue.notes(10)).map(({ path }) => path)).toEqual(['c.md'])
  })

  it('leads there no more when it is not stated any more', async () => {
    const desk = await openDesk({ 'a.md': story('One', 'slug: one\naliases: [/old, /older]') })
    desk.write('a.md', story('One', 'slug: one\naliases: [/older]'))
    await desk.refresh()
    expect(await slugAt(desk, '/old')).toBeUndefined()
    expect(await slugAt(desk, '/older')).toBe('one')
  })

  it('leads nowhere before its article is out', async () => {
    const future = story('One', 'slug: one\naliases: [/old]').replace('2024-', '2999-')
    const desk = await openDesk({ 'a.md': future })
    expect(await slugAt(desk, '/old')).toBeUndefined()
    expect(await at(desk, 'one')).toBeUndefined()
  })
})

describe('a guid that a file states', () => {
  it('is of one article: the second file that states it is rejected and names the first', async () => {
    const desk = await openDesk({
      'b.md': story('One', 'guid: x1'),
      'c.md': story('Two', 'guid: x1'),
    })
    expect(await rejectionsOf(desk)).toEqual(['c.md: its guid x1 is that of b.md'])
    desk.write('a.md', story('Three', 'guid: x1'))
    await desk.refresh()
    expect(await rejectionsOf(desk)).toEqual([
      'a.md: its guid x1 is that of b.md',
      'c.md: its guid x1 is that of b.md',
    ])
    expect(Object.keys(await slugsOf(desk))).toEqual(['One'])
  })

  it('is of the same article when everything is read anew, and after a restart', async () => {
    const desk = await openDesk({ 'b.md': story('One', 'guid: x1') })
    desk.write('a.md', story('Two', 'guid: x1'))
    await desk.refresh()
    await desk.close()
    // Another language has all files read again.
    const again = await openDesk({}, { FEED_LANGUAGE: 'tr' }, desk)
    expect(await rejectionsOf(again)).toEqual(['a.md: its guid x1 is that of b.md'])
  })

  it('lets the second in when the first is gone, is a draft, or states another', async () => {
    for (const next of [
      undefined,
      story('One', 'draft: true'),
      story('One', 'guid: x2'),
      story('One'),
    ]) {
      const desk = await openDesk({
        'a.md': story('One', 'guid: x1'),
        'b.md': story('Two', 'guid: x1'),
      })
      if (next === undefined) desk.remove('a.md')
      else desk.write('a.md', next)
      await desk.refresh()
      // It is read again at once, without being asked for.
      await until(async () => (await rejectionsOf(desk)).length === 0)
      expect(Object.keys(await slugsOf(desk))).toContain('Two')
      await desk.close()
    }
  })

  it('lets the second in after a restart as well', async () => {
    const desk = await openDesk({
      'a.md': story('One', 'guid: x1'),
      'b.md': story('Two', 'guid: x1'),
    })
    await desk.close()
    desk.remove('a.md')
    const again = await openDesk({}, {}, desk)
    await until(async () => (await rejectionsOf(again)).length === 0)
    expect(Object.keys(await slugsOf(again))).toEqual(['Two'])
  })

  it('goes with its article to another path, and with texts that change places', async () => {
    const one = story('One', 'guid: x1')
    const two = story('Two', 'guid: x2')
    const desk = await openDesk({ 'a.md': one, 'b.md': two })
    const before = await desk.articles()
    desk.move('a.md', 'c.md')
    await desk.refresh()
    desk.write('c.md', two)
    desk.write('b.md', one)
    await desk.refresh()
    expect(await rejectionsOf(desk)).toEqual([])
    const ids = (articles: typeof before) => articles.map(({ id, guid }) => `${id} ${guid}`).sort()
    expect(ids(await desk.articles())).toEqual(ids(before))
  })

  it('keeps the last good version of a file that comes to state the guid of another', async () => {
    const desk = await openDesk({
      'a.md': story('One', 'guid: x1'),
      'b.md': story('Two', 'guid: x2'),
    })
    desk.write('b.md', story('Two', 'guid: x1', 'Another text.'))
    await desk.refresh()
    expect(await rejectionsOf(desk)).toEqual(['b.md: its guid x1 is that of a.md'])
    const two = (await desk.articles()).find(({ title }) => title === 'Two')
    expect(two).toMatchObject({ guid: 'x2', content: '<p>What Two says.</p>' })
    await desk.catalogue.verify()
    expect(desk.log.join()).not.toContain('damaged')
  })

  it('may be the id that another catalogue gave it, and then is nobody else’s', async () => {
    const desk = await openDesk({ 'a.md': story('One') })
    const [{ id = '' } = {}] = await desk.articles()
    desk.write('b.md', story('Two', `guid: ${id}`))
    await desk.refresh()
    expect(await rejectionsOf(desk)).toEqual([`b.md: its guid ${id} is that of a.md`])
    desk.remove('a.md')
    await desk.refresh()
    await until(async () => (await rejectionsOf(desk)).length === 0)
    desk.write('a.md', story('Three'))
    await desk.refresh()
    const three = (await desk.articles()).find(({ title }) => title === 'Three')
    expect(three?.id).not.toBe(id)
  })

  it('stays whoever’s states it where the article whose id it is states its own guid no more', async () => {
    const desk = await openDesk({ 'a.md': story('One', 'guid: tag:x,2024:1') })
    const [{ id = '' } = {}] = await desk.articles()
    desk.write('b.md', story('Two', `guid: ${id}`))
    await desk.refresh()
    expect(await rejectionsOf(desk)).toEqual([])
    desk.write('a.md', story('One'))
    await desk.refresh()
    expect(await rejectionsOf(desk)).toEqual([`a.md: its guid ${id} is that of b.md`])
    desk.write('b.md', story('Two'))
    await desk.refresh()
    await until(async () => (await rejectionsOf(desk)).length === 0)
  })

  it('is not the id of an article whose own guid Atom cannot have, which has its id there', async () => {
    const desk = await openDesk({ 'a.md': story('One', 'guid: number 1') })
    const [{ id = '' } = {}] = await desk.articles()
    desk.write('b.md', story('Two', `guid: ${id}`))
    await desk.refresh()
    expect(await rejectionsOf(desk)).toEqual([`b.md: its guid ${id} is that of a.md`])
    desk.write('a.md', story('One', 'guid: tag:x,2024:1'))
    await desk.refresh()
    await until(async () => (await rejectionsOf(desk)).length === 0)
    desk.write('a.md', story('One', 'guid: number 1'))
    await desk.refresh()
    expect(await rejectionsOf(desk)).toEqual([`a.md: its guid ${id} is that of b.md`])
  })

  it('may be exchanged by two files whose texts stay', async () => {
    const desk = await openDesk({
      'a.md': story('One', 'guid: x1'),
      'b.md': story('Two', 'guid: x2'),
    })
    const before = await desk.articles()
    desk.write('a.md', story('One', 'guid: x2'))
    desk.write('b.md', story('Two', 'guid: x1'))
    await desk.refresh()
    expect(await rejectionsOf(desk)).toEqual([])
    const after = await desk.articles()
    expect(after.map(({ id, title }) => `${title} ${id}`)).toEqual(
      before.map(({ id, title }) => `${title} ${id}`),
    )
    const guids = Object.fromEntries(after.map(({ title, guid }) => [title, guid]))
    expect(guids).toEqual({ One: 'x2', Two: 'x1' })
  })
})

describe('an unlisted article', () => {
  const city = { kind: 'section', slug: 'city' } as const
  const head = 'section: City\ntags: quay\nslug: terms'

  it('has a page, and is in no feed, list, search or count', async () => {
    const desk = await openDesk({
      'a.md': story('Terms', `${head}\nunlisted: true`),
      'b.md': story('News', 'section: City'),
    })
    expect(await at(desk, 'terms')).toBe('terms')
    expect((await desk.articles()).map(({ title }) => title)).toEqual(['News'])
    expect((await desk.articles(city)).map(({ title }) => title)).toEqual(['News'])
    expect(await desk.catalogue.channel({ kind: 'tag', slug: 'quay' })).toBeUndefined()
    expect((await desk.catalogue.counts()).articles).toBe(1)
    const found = await desk.feed('feed.json', { kind: 'search', slug: 'says' })
    expect(JSON.parse(found).items.map(({ title }: { title: string }) => title)).toEqual(['News'])
    const pages = await desk.catalogue.pages(1, 10)
    expect(pages.map(({ slug }) => slug)).toContain('terms')
  })

  it('keeps its id when it is listed and unlisted, and its channels change each time', async () => {
    const desk = await openDesk({
      'a.md': story('Terms', head),
      'b.md': story('News', 'section: City'),
    })
    const before = (await desk.articles()).find(({ title }) => title === 'Terms')
    const titlesIn = async (text: string) =>
      JSON.parse(text).items.map(({ title }: { title: string }) => title)
    const search = { kind: 'search', slug: 'terms' } as const
    for (const isUnlisted of [true, false, true, false]) {
      const changed = (await desk.catalogue.channel(city))?.changed
      desk.write('a.md', story('Terms', isUnlisted ? `${head}\nunlisted: true` : head))
      await desk.refresh()
      const expected = isUnlisted ? [] : ['Terms']
      expect(
        (await titlesIn(await desk.feed('feed.json', city))).filter(
          (one: string) => one === 'Terms',
        ),
      ).toEqual(expected)
      expect(await titlesIn(await desk.feed('feed.json', search))).toEqual(expected)
      expect((await desk.catalogue.channel(city))?.changed).not.toBe(changed)
    }
    const after = (await desk.articles()).find(({ title }) => title === 'Terms')
    expect(after?.id).toBe(before?.id)
    expect(after?.updated).toBe(before?.updated)
  })

  it('does not count when it has expired, and is waited for when it is yet to come', async () => {
    const desk = await openDesk({
      'a.md': story('Old', 'unlisted: true\nexpires: 2024-06-01'),
      'b.md': story('News'),
      'c.md': story('Soon', 'unlisted: true').replace('2024-05-06', '2999-05-06'),
    })
    expect((await desk.catalogue.counts()).articles).toBe(1)
    const due = Date.parse('2999-05-06T07:00Z')
    expect(await desk.catalogue.nextDue()).toBe(due)
    const refresh = await desk.catalogue.refresh(due)
    expect((await refresh.commit(true)).articles).toHaveLength(1)
  })
})

describe('a catalogue that was made anew', () => {
  itOfTheFile('keeps stated slugs, former ones, aliases, guids and what is unlisted', async () => {
    const desk = await openDesk({
      'a.md': story('One', 'slug: first\naliases: [/old]\nguid: x1'),
      'b.md': story('Terms', 'slug: terms\nunlisted: true'),
      'z.md': story('Three', 'slug: first'),
    })
    desk.write('a.md', story('One', 'slug: second\naliases: [/old]\nguid: x1'))
    desk.write('A.md', story('Two', 'guid: x1'))
    await desk.refresh()
    const before = await slugsOf(desk)
    await desk.catalogue.repairIfDamaged(new DamageError('something is wrong'))
    await desk.refresh()
    expect(await slugsOf(desk)).toEqual(before)
    expect(await at(desk, 'first')).toBe('second')
    expect(await at(desk, 'terms')).toBe('terms')
    expect(await desk.catalogue.slugAt('/old', 'news.example/old')).toMatchObject({
      slug: 'second',
    })
    expect(await rejectionsOf(desk)).toEqual(['A.md: its guid x1 is that of a.md'])
    expect((await desk.catalogue.counts()).articles).toBe(2)
  })

  itOfTheFile('keeps a guid of which only the last good version tells', async () => {
    const desk = await openDesk({ 'b.md': story('One', 'guid: x1') })
    desk.write('b.md', '')
    await desk.refresh()
    await desk.catalogue.repairIfDamaged(new DamageError('something is wrong'))
    desk.write('a.md', story('Two', 'guid: x1'))
    // The refresh that follows a repair may have found the file too young.
    await until(async () => {
      await desk.refresh()
      return (await rejectionsOf(desk)).includes('a.md: its guid x1 is that of b.md')
    })
    expect(Object.keys(await slugsOf(desk))).toEqual(['One'])
  })

  itOfTheFile('is made when an address or a guid has another letter', async () => {
    for (const [table, column] of [
      ['address', 'path'],
      ['guid', 'guid'],
    ] as const) {
      const desk = await openDesk({ 'a.md': story('One', 'slug: first\nguid: x1') })
      await desk.close()
      const path = join(desk.dataDir, 'catalogue.sqlite')
      const database = new DatabaseSync(path)
      database.exec(`UPDATE ${table} SET ${column} = ${column} || 'x'`)
      database.close()
      const again = await openDesk({}, {}, desk)
      await again.catalogue.verify()
      expect(again.log.join(), table).toContain('1 articles were taken over')
      await again.refresh()
      expect(await at(again, 'first')).toBe('first')
    }
  })
})
