import { describe, expect, it } from 'vitest'
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
  it('is a UUID URN', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const [article] = await desk.articles()
    expect(article?.id).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })

  it('is the same on another machine and after the database was deleted', async () => {
    const one = await openDesk({ 'world/a.txt': harbour, 'b.txt': tower })
    const two = await openDesk({ 'b.txt': tower, 'world/a.txt': harbour })
    expect(await idsOf(two)).toEqual(await idsOf(one))
  })

  it('stays when the text is edited, the title corrected, the file touched', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const [before] = await desk.articles()
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

  it('stays when the file is moved or renamed', async () => {
    const desk = await openDesk({ 'a.txt': harbour, 'b.txt': tower })
    const before = await idsOf(desk)
    desk.move('a.txt', 'archive/2024/harbour.txt')
    await desk.refresh()
    expect(await idsOf(desk)).toEqual(before)
    desk.write('archive/2024/harbour.txt', page({ title: 'Ferries are back' }))
    await desk.refresh()
    expect((await idsOf(desk))['Ferries are back']).toBe(
      before['Ferries return to the old harbour'],
    )
  })

  it('stays when the file is moved while Newsstand is not running', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const before = await idsOf(desk)
    await desk.close()
    desk.move('a.txt', 'b.txt')
    const again = await openDesk({}, {}, desk)
    expect(await idsOf(again)).toEqual(before)
  })

  it('stays when the old name is noticed as gone before the new one appears', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const before = await idsOf(desk)
    desk.remove('a.txt')
    await desk.refresh()
    expect(await desk.articles()).toEqual([])
    desk.write('b.txt', harbour)
    await desk.refresh()
    expect(await idsOf(desk)).toEqual(before)
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

  it('comes back with a file that was deleted and written anew', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const before = await idsOf(desk)
    desk.remove('a.txt')
    await desk.refresh()
    desk.write('a.txt', page({ title: 'Ferries are back' }))
    await desk.refresh()
    expect((await idsOf(desk))['Ferries are back']).toBe(
      before['Ferries return to the old harbour'],
    )
  })
})

describe("an article's updated", () => {
  it('is its date of publication until the text changes', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    const [article] = await desk.articles()
    expect(article?.updated).toBe('2024-03-04T00:00:00Z')
  })

  it('is the time of the edit, also after a restart', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    desk.write('a.txt', page({ body: 'The ferry was late.' }))
    touch(desk, 'a.txt', new Date('2025-05-06T07:08:09Z'))
    await desk.refresh()
    expect((await desk.articles())[0]?.updated).toBe('2025-05-06T07:08:09Z')
    await desk.close()
    const again = await openDesk({}, {}, desk)
    expect((await again.articles())[0]?.updated).toBe('2025-05-06T07:08:09Z')
  })

  it('does not move when the file is touched, moved, or saved with other line ends', async () => {
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

  it('always moves forward, even when the file claims to be older', async () => {
    const desk = await openDesk({ 'a.txt': harbour })
    desk.write('a.txt', page({ body: 'One.' }))
    touch(desk, 'a.txt', new Date('2025-05-06T07:08:09Z'))
    await desk.refresh()
    desk.write('a.txt', page({ body: 'Two.' }))
    touch(desk, 'a.txt', new Date('2001-01-01T00:00:00Z'))
    await desk.refresh()
    const updated = (await desk.articles())[0]?.updated ?? ''
    expect(updated > '2025-05-06T07:08:09Z').toBe(true)
  })
})
