import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openDesk, touch } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { page } from '../support/page.ts'

const harbour = page({ title: 'Ferries return to the old harbour' })
const tower = page({ title: 'A tower leans a little less', body: 'Engineers are pleased.' })
const bridge = page({ title: 'The bridge opens early', body: 'Nobody had expected that.' })

/** Title → id of everything that is out. */
async function idsOf(desk: Awaited<ReturnType<typeof openDesk>>) {
  const articles = await desk.articles()
  return Object.fromEntries(articles.map(({ title, id }) => [title, id]))
}

describe("an article's id", () => {
  it('stays when the text is edited, the title corrected, the file touched', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const [before] = await desk.articles()
    expect(before?.id).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    desk.write('a.txt', page({ title: 'Ferries are back', body: 'They came at noon.' }))
    await desk.refresh()
    touch(desk, 'a.txt', new Date())
    await desk.refresh()
    const [after, ...others] = await desk.articles()
    expect(others).toEqual([])
    expect(after?.title).toBe('Ferries are back')
    expect(after?.id).toBe(before?.id)
    expect(after?.slug).toBe(before?.slug)
  })

  it('stays when the file is moved or renamed, also while Newsstand is not running', async () => {
    const desk = await openDesk({ 'a.txt': harbour, 'b.txt': tower })
    const before = await idsOf(desk)
    desk.move('a.txt', 'archive/2024/harbour.txt')
    await desk.refresh()
    expect(await idsOf(desk)).toEqual(before)
    await desk.close()
    desk.move('archive/2024/harbour.txt', 'c.txt')
    const again = await openDesk({}, {}, desk)
    expect(await idsOf(again)).toEqual(before)
    again.write('c.txt', page({ title: 'Ferries are back' }))
    await again.refresh()
    expect((await idsOf(again))['Ferries are back']).toBe(
      before['Ferries return to the old harbour'],
    )
  })

  it('comes back with a file that was deleted, under another name or with another text', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const before = await idsOf(desk)
    desk.remove('a.txt')
    await desk.refresh()
    expect(await desk.articles()).toEqual([])
    desk.write('b.txt', harbour)
    await desk.refresh()
    expect(await idsOf(desk)).toEqual(before)
    desk.remove('b.txt')
    await desk.refresh()
    desk.write('a.txt', page({ title: 'Ferries are back' }))
    await desk.refresh()
    expect((await idsOf(desk))['Ferries are back']).toBe(
      before['Ferries return to the old harbour'],
    )
  })

  it('goes with the text when one file is renamed over another', async () => {
    const desk = await openDesk({ 'a.txt': harbour, 'b.txt': tower })
    const before = await idsOf(desk)
    desk.move('a.txt', 'b.txt')
    await desk.refresh()
    expect(await idsOf(desk)).toEqual({
      'Ferries return to the old harbour': before['Ferries return to the old harbour'],
    })
  })

  it('goes with the text when files change places', async () => {
    const desk = await openDesk({ 'a.txt': harbour, 'b.txt': tower, 'c.txt': bridge })
    const before = await idsOf(desk)
    desk.move('a.txt', 'swap.tmp')
    desk.move('b.txt', 'a.txt')
    desk.move('c.txt', 'b.txt')
    desk.move('swap.tmp', 'c.txt')
    await desk.refresh()
    expect(await idsOf(desk)).toEqual(before)
  })

  it('is a new one for a new file where a moved one was first seen', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const before = await idsOf(desk)
    desk.move('a.txt', 'b.txt')
    await desk.refresh()
    desk.write('a.txt', tower)
    await desk.refresh()
    const after = await idsOf(desk)
    expect(after['Ferries return to the old harbour']).toBe(
      before['Ferries return to the old harbour'],
    )
    expect(after['A tower leans a little less']).not.toBe(
      before['Ferries return to the old harbour'],
    )
  })

  it('is not taken by a new file where it was first seen while it is moved once more', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    desk.move('a.txt', 'b.txt')
    await desk.refresh()
    const before = await idsOf(desk)
    desk.move('b.txt', 'z.txt')
    desk.write('a.txt', tower)
    await desk.refresh()
    const { 'A tower leans a little less': fresh, ...after } = await idsOf(desk)
    expect(after).toEqual(before)
    expect(Object.values(before)).not.toContain(fresh)
  })
})

describe("an article's page", () => {
  // Found by trying 110,000 names: their ids begin with the same eight digits.
  const twins = ['report-20327.md', 'report-108912.md'] as const
  const report = (text: string) => `---\ntitle: Annual report\ndate: 2024-05-01\n---\n${text}\n`

  it('is its own where ids begin with the same eight digits', async () => {
    const files = { [twins[0]]: report('The first.'), [twins[1]]: report('The second.') }
    const desk = await openDesk(files)
    const found = await desk.articles()
    const [start, ...others] = new Set(found.map(({ id }) => id.slice(0, 17)))
    expect(others).toEqual([])
    const [one, two] = found.map(({ slug }) => slug)
    expect(one).not.toBe(two)
    for (const { slug, content } of found) {
      expect(await desk.catalogue.article(slug)).toMatchObject({ content, slug })
    }
    // Which of the two is meant by another title cannot be told.
    const former = `yearly-report-${start?.slice(-8)}`
    expect(await desk.catalogue.article(former)).toBeUndefined()
    desk.remove(twins[0])
    await desk.refresh()
    const [left] = await desk.articles()
    expect(await desk.catalogue.article(left?.slug ?? '')).toMatchObject({
      content: '<p>The second.</p>',
    })
    const gone = [one, two].find((slug) => slug !== left?.slug) ?? ''
    expect(await desk.catalogue.article(gone)).toBe('gone')
  })

  it('is found by a former title where only one can be meant', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const [article] = await desk.articles()
    const former = `some-other-title-${article?.slug.slice(-8)}`
    expect(await desk.catalogue.article(former)).toMatchObject({ id: article?.id })
  })
})

describe("an article's updated", () => {
  it('is the time of the edit, also after a restart, and moves forward where a file claims to be older', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    desk.write('a.txt', page({ body: 'The ferry was late.' }))
    touch(desk, 'a.txt', new Date('2025-05-06T07:08:09Z'))
    await desk.refresh()
    expect((await desk.articles())[0]?.updated).toBe('2025-05-06T07:08:09Z')
    await desk.close()
    const again = await openDesk({}, {}, desk)
    expect((await again.articles())[0]?.updated).toBe('2025-05-06T07:08:09Z')
    again.write('a.txt', page({ body: 'It came.' }))
    touch(again, 'a.txt', new Date('2001-01-01T00:00:00Z'))
    await again.refresh()
    const updated = (await again.articles())[0]?.updated ?? ''
    expect(updated > '2025-05-06T07:08:09Z').toBe(true)
  })

  it('is the date of publication, also when the file is touched, moved, or saved with other line ends', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    touch(desk, 'a.txt', new Date())
    await desk.refresh()
    desk.move('a.txt', 'b.txt')
    await desk.refresh()
    desk.write('b.txt', harbour.replaceAll('\n', '\r\n'))
    await desk.refresh()
    expect((await desk.articles())[0]?.updated).toBe('2024-03-04T00:00:00Z')
  })

  it('does not move when only the settings change how files are read', async () => {
    const folder = temporaryFolder()
    const desk = await openDesk({ 'a.txt': harbour }, {}, { folder })
    await desk.close()
    const again = await openDesk({}, { TIME_ZONE: 'Europe/Istanbul' }, desk)
    const [article] = await again.articles()
    expect(article?.published).toBe('2024-03-03T21:00:00Z')
    expect(article?.updated).toBe('2024-03-04T00:00:00Z')
  })

  it('comes back from the future when a wrong date is put right', async () => {
    const story = (facts: string, text = 'Text.') => `---\ntitle: Story\n${facts}\n---\n${text}\n`
    const desk = await openDesk({
      'a.md': story('date: 2099-05-06'),
      'b.md': story('date: 2099-05-06', 'Another text.'),
      'c.md': story('date: 2024-05-06\nupdated: 2099-05-06', 'A third text.'),
    })
    expect(await desk.articles()).toHaveLength(1)
    desk.write('a.md', story('date: 2024-05-06'))
    desk.write('b.md', story('date: 2024-05-06', 'Another text, edited.'))
    touch(desk, 'b.md', new Date('2024-06-07T08:09:10Z'))
    desk.write('c.md', story('date: 2024-05-06', 'A third text, edited.'))
    await desk.refresh()
    const updated = Object.fromEntries(
      (await desk.articles()).map(({ content, updated }) => [content, updated]),
    )
    expect(updated['<p>Text.</p>']).toBe('2024-05-06T00:00:00Z')
    expect(updated['<p>Another text, edited.</p>']).toBe('2024-06-07T08:09:10Z')
    // Two changes within a second are told apart by the next one.
    const latest = Date.now() + 1000
    const pages = await desk.catalogue.pages(1, 3)
    const channel = await desk.catalogue.channel({ kind: 'site', slug: '' })
    const shown = [
      ...Object.values(updated),
      ...pages.map((page) => page.updated),
      channel?.changed,
    ]
    expect(shown).toHaveLength(7)
    for (const time of shown) expect(Date.parse(time ?? '')).toBeLessThanOrEqual(latest)
  })

  it('comes back from the future when the clock does', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: now + 365 * 24 * 3600 * 1000 })
    onTestFinished(() => void vi.useRealTimers())
    desk.write('a.txt', page({ body: 'One.' }))
    touch(desk, 'a.txt', new Date())
    await desk.refresh()
    vi.setSystemTime(now)
    touch(desk, 'a.txt', new Date())
    await desk.refresh()
    expect(Date.parse((await desk.articles())[0]?.updated ?? '')).toBeLessThanOrEqual(now)
  })
})
