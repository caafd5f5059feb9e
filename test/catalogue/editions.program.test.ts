/** Versions of agencies' stories in the program: files come, change and go. */
import { describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'

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
  const found = await desk.catalogue.article(slug, Date.now())
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

  it.each([
    ['is cut off', ninjs(1).slice(0, 60)],
    ['is empty', ''],
    ['is other data', '{"a": 1}'],
    ['has comments', ninjs(1).replace('{', '{ // from the wire\n')],
    ['lacks a comma', ninjs(1).replace(',', ' ')],
    ['is in UTF-16, cut off', Buffer.from(`\ufeff${ninjs(1).slice(0, 200)}`, 'utf16le')],
  ])('stays while its file %s, which is a rejection', async (_, text) => {
    const desk = await openDesk({ 'a.json': ninjs(1) })
    desk.write('a.json', text)
    await desk.refresh()
    expect(await titles(desk)).toEqual(['The ferry, version 1'])
    const [rejection] = await desk.catalogue.rejections(9)
    expect(rejection).toMatchObject({ path: 'a.json', isPublished: true })
    desk.write('a.json', ninjs(2))
    await desk.refresh()
    expect(await titles(desk)).toEqual(['The ferry, version 2'])
    expect(await desk.catalogue.rejections(9)).toEqual([])
  })
})
