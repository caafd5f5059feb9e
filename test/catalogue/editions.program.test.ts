/** Versions of agencies' stories in the program: files come, change and go. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'
import { nitfFile } from '../support/read.ts'
import { itOfTheFile } from '../support/sharing.ts'
import { until } from '../support/until.ts'

const ninjs = (version: number, more: object = {}) =>
  JSON.stringify({
    uri: 'urn:newsml:moro.example:7',
    type: 'text',
    version: String(version),
    pubStatus: 'usable',
    firstCreated: '2026-04-13T09:30:00Z',
    versionCreated: `2026-04-13T1${version}:00:00Z`,
    headlines: [{ value: `The ferry, version ${version}` }],
    bodies: [{ value: `<p>What version ${version} says.</p>`, contentType: 'text/html' }],
    ...more,
  })

const titles = async (desk: Desk) => (await desk.articles()).map(({ title }) => title)
const at = async (desk: Desk, slug: string) => {
  const found = await desk.catalogue.article(slug)
  return typeof found === 'object' ? found.title : found
}

describe('a story of an agency', () => {
  it('goes from version to version under one id, is canceled, and comes back', async () => {
    const desk = await openDesk({ 'wire/9.json': ninjs(1), 'other.md': '# Other\n\nText.' })
    const [story] = (await desk.articles()).filter(({ title }) => title !== 'Other')
    const slug = story?.slug ?? ''
    desk.write('wire/3.json', ninjs(2))
    await desk.refresh()
    const [second] = (await desk.articles()).filter(({ title }) => title !== 'Other')
    expect(second).toMatchObject({ id: story?.id, slug, title: 'The ferry, version 2' })
    expect(await desk.feed('rss.xml')).not.toContain('version 1')
    expect(await desk.catalogue.notes(9)).toContainEqual({
      path: 'wire/9.json',
      notes: [{ text: 'it is an older version of "wire/3.json", which counts' }],
    })
    desk.write('wire/5.json', ninjs(3, { pubStatus: 'canceled' }))
    await desk.refresh()
    expect(await titles(desk)).toEqual(['Other'])
    expect(await at(desk, slug)).toBe('gone')
    desk.write('wire/1.json', ninjs(4))
    await desk.refresh()
    expect((await desk.articles()).find(({ id }) => id === story?.id)).toMatchObject({ slug })
    desk.remove('wire/1.json')
    desk.remove('wire/5.json')
    await desk.refresh()
    await desk.refresh()
    expect(await at(desk, slug)).toBe('The ferry, version 2')
    await desk.close()
    const again = await openDesk({}, {}, desk)
    expect(await at(again, slug)).toBe('The ferry, version 2')
    await again.close()
    const anew = await openDesk({}, {}, { folder: desk.folder })
    expect((await anew.articles()).map(({ id }) => id)).toContain(story?.id)
    expect(await at(anew, slug)).toBe('The ferry, version 2')
    await anew.catalogue.verify()
    expect(anew.log.join()).not.toContain('damaged')
  })

  it('stays while its file is no story any more, which is a rejection', async () => {
    const broken = [
      ['is cut off', ninjs(1).slice(0, 60)],
      ['is empty', ''],
      ['is other data', '{"a": 1}'],
      ['has comments', ninjs(1).replace('{', '{ // from the wire\n')],
      ['lacks a comma', ninjs(1).replace(',', ' ')],
      ['is in UTF-16, cut off', Buffer.from(`\ufeff${ninjs(1).slice(0, 200)}`, 'utf16le')],
    ] as const
    const desk = await openDesk({ 'a.json': ninjs(1) })
    for (const [is, text] of broken) {
      desk.write('a.json', text)
      await desk.refresh()
      expect(await titles(desk), is).toEqual(['The ferry, version 1'])
      const [rejection] = await desk.catalogue.rejections(9)
      expect(rejection, is).toMatchObject({ path: 'a.json', isPublished: true })
    }
    desk.write('a.json', ninjs(2))
    await desk.refresh()
    expect(await titles(desk)).toEqual(['The ferry, version 2'])
    expect(await desk.catalogue.rejections(9)).toEqual([])
  })

  it('in NITF stays as old as its first version, whichever counts', async () => {
    const nitf = (version: number) =>
      nitfFile(`<p>Text ${version}.</p>`, {
        head: `<du-key key="ferry" version="${version}"/>`,
      }).replace('norm="20260413"', `norm="20260413T1${version}0000Z"`)
    const desk = await openDesk({ 'a.xml': nitf(1) })
    const published = '2026-04-13T11:00:00Z'
    desk.write('b.xml', nitf(3))
    await desk.refresh()
    expect(await desk.articles()).toMatchObject([{ published, updated: '2026-04-13T13:00:00Z' }])
    desk.remove('b.xml')
    await desk.refresh()
    await desk.refresh()
    expect(await desk.articles()).toMatchObject([{ published }])
  })

  it('is not out before the end of an embargo, though no version says when the first was', async () => {
    const anew = (version: number, more: object = {}) =>
      ninjs(version, { firstCreated: undefined, ...more })
    const desk = await openDesk({ 'a.json': anew(1) })
    expect(await titles(desk)).toEqual(['The ferry, version 1'])
    desk.write('b.json', anew(2, { embargoed: '2130-01-01T00:00:00Z' }))
    await desk.refresh()
    expect(await titles(desk)).toEqual([])
    desk.remove('b.json')
    await desk.refresh()
    await desk.refresh()
    expect(await titles(desk)).toEqual(['The ferry, version 1'])
  })

  it('in NITF is removed by a file of its own, and keeps its id', async () => {
    const nitf = (version: number, status = 'usable') =>
      nitfFile('<p>Text.</p>', { head: `<du-key key="ferry" version="${version}"/>` }).replace(
        '<docdata>',
        `<docdata management-status="${status}">`,
      )
    const desk = await openDesk({ 'a.xml': nitf(1) })
    const [first] = await desk.articles()
    desk.write('b.xml', nitf(2, 'canceled'))
    await desk.refresh()
    expect(await at(desk, first?.slug ?? '')).toBe('gone')
    desk.write('c.xml', nitf(3))
    await desk.refresh()
    expect(await desk.articles()).toMatchObject([{ id: first?.id, slug: first?.slug }])
  })

  itOfTheFile.each([
    ['edition', 'UPDATE edition SET version = 9 WHERE version = 1'],
    ['story', 'UPDATE story SET article = article + 1'],
  ])(
    'keeps its id, and stays canceled, where what is known of it is damaged: %s',
    async (_, sql) => {
      const desk = await openDesk({
        'a.json': ninjs(1),
        'b.json': ninjs(2),
        'c.json': ninjs(1, { uri: 'urn:newsml:moro.example:8' }),
        'd.json': ninjs(3, { uri: 'urn:newsml:moro.example:8' }),
      })
      const before = await desk.articles()
      desk.write('d.json', ninjs(3, { uri: 'urn:newsml:moro.example:8', pubStatus: 'canceled' }))
      await desk.refresh()
      await desk.close()
      const database = new DatabaseSync(join(desk.dataDir, 'catalogue.sqlite'))
      database.exec(sql)
      database.close()
      const again = await openDesk({}, {}, desk)
      await again.catalogue.verify()
      await again.refresh()
      await again.refresh()
      expect(again.log.join()).toContain('were taken over')
      expect(await titles(again)).toEqual(['The ferry, version 2'])
      again.write('d.json', ninjs(4, { uri: 'urn:newsml:moro.example:8' }))
      await again.refresh()
      expect((await again.articles()).map(({ id }) => id).sort()).toEqual(
        before.map(({ id }) => id).sort(),
      )
    },
  )

  it('is not believed to be gone with all others, whatever data stays beside them', async () => {
    const wires = Array.from({ length: 30 }, (_, n) => [
      `wire/${n}.json`,
      ninjs(1, { uri: `urn:newsml:moro.example:${n}` }),
    ])
    const data = Array.from({ length: 200 }, (_, n) => [
      `${n < 190 ? 'data' : 'more'}/${n}.json`,
      '{"a": 1}',
    ])
    const env = { EMPTY_FOLDER_MINUTES: '5' }
    const desk = await openDesk(Object.fromEntries([...wires, ...data]), env)
    expect(await titles(desk)).toHaveLength(30)
    const known = async () => (await Array.fromAsync(desk.catalogue.knownFiles(''))).flat().length
    desk.remove('data')
    await until(async () => {
      await desk.refresh()
      return (await known()) === 40
    })
    expect(desk.refresher.problem()).toBeUndefined()
    desk.remove('wire')
    await until(async () => {
      await desk.refresh()
      return desk.refresher.problem() !== undefined
    })
    expect(await titles(desk)).toHaveLength(30)
  })
})
