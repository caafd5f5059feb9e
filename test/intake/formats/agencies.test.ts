/** What agencies state of what a file is a version of, for the catalogue. */
import { describe, expect, test } from 'vitest'
import { type Edition, unnumbered } from '../../../src/article.ts'
import type { Outcome } from '../../../src/intake/file-result.ts'
import { articleIn, nitfFile, readFile } from '../../support/read.ts'

const ninjs = (members: string) =>
  `{"uri": "urn:newsml:moro.example:7", "versionCreated": "2026-04-13T09:30:00Z", "headlines": [{"value": "A"}], ` +
  `"bodies": [{"value": "B"}]${members}}`
const g2 = (version: string, status: string) =>
  `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:moro.example:7" version="${version}">` +
  `<itemMeta><itemClass qcode="ninat:text"/><versionCreated>2026-04-13</versionCreated><pubStatus qcode="stat:${status}"/></itemMeta>` +
  '<contentMeta><headline>A</headline></contentMeta><contentSet><inlineXML><p>B</p></inlineXML></contentSet></newsItem>'

const guid = 'urn:newsml:moro.example:7'

describe('a story of an agency', () => {
  const day = Date.parse('2026-04-13T00:00:00Z')
  const moment = Date.parse('2026-04-13T09:30:00Z')

  test.each([
    ['a.json', ninjs(', "version": "11"'), 11, moment],
    ['a.json', ninjs(', "version": 11'), 11, moment],
    ['a.json', ninjs(', "version": "11.5"'), 11, moment],
    ['a.json', ninjs(', "version": " 2 "'), 2, moment],
    ['a.json', ninjs(', "version": "2b"'), 1, moment],
    ['a.json', ninjs(''), 1, moment],
    ['a.xml', g2('11', 'usable'), 11, day],
    ['a.xml', g2('', 'usable'), 1, day],
  ])(
    'states its guid and its version as a number, and when that was made: %s %s',
    async (name, text, version, made) => {
      const { guid: stated, edition } = articleIn(await readFile(name, text))
      expect(stated).toBe(guid)
      expect(edition).toEqual({ story: guid, version, made, isDatedAnew: true })
    },
  )

  test.each([
    ['a.json', ninjs(', "version": "20260413093000123456"'), '20260413093000123456'],
    ['a.json', ninjs(', "version": 20260413093000123456'), '20260413093000123456'],
    ['a.json', ninjs(', "version": "00999999999999999"'), undefined],
    ['a.xml', g2('020260413093000123457', 'usable'), '20260413093000123457'],
  ])('has a version of any length, to its last digit: %s %s', async (name, text, digits) => {
    const outcome = await readFile(name, text)
    expect(articleIn(outcome).edition?.digits).toBe(digits)
    expect(outcome).toMatchObject({ notes: [] })
  })

  test('has a higher version the more digits that has', async () => {
    const versions = ['2', '999999999999999', '1000000000000000', '20260413093000123456']
    const all = await Promise.all(
      versions.map((one) => readFile('a.json', ninjs(`, "version": "${one}"`))),
    )
    const numbers = all.map((outcome) => articleIn(outcome).edition?.version ?? 0)
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
    expect(new Set(numbers).size).toBe(4)
  })

  test('is as old as it says, where it states when the first version was made', async () => {
    const text = ninjs(', "version": 2, "firstCreated": "2026-04-12T08:00:00Z"')
    const { edition, published, updated } = articleIn(await readFile('a.json', text))
    expect({ edition, published, updated }).toEqual({
      edition: { story: guid, version: 2, made: moment },
      published: '2026-04-12T08:00:00Z',
      updated: '2026-04-13T09:30:00Z',
    })
  })

  test.each([
    ['"11.5"', 'its version "11.5" counts as 11'],
    ['"20260413093000123.5"', 'its version "20260413093000123.5" counts as 20260413093000123'],
    ['"2b"', 'its version "2b" counts as 1'],
  ])('says how a version counts that is no whole number: %s', async (version, text) => {
    const outcome = await readFile('a.json', ninjs(`, "version": ${version}`))
    expect(outcome).toMatchObject({
      notes: [{ text: `${text}; of equal versions the one made last is shown` }],
    })
  })

  test.each(['', '"3"', '" 3 "', '999999'])(
    'says nothing of other versions: %s',
    async (version) => {
      const outcome = await readFile('a.json', ninjs(version && `, "version": ${version}`))
      expect(outcome).toMatchObject({ kind: 'article', notes: [] })
    },
  )

  test.each([
    ['a.json', ninjs(', "embargoed": "2030-01-01T00:00:00Z"')],
    [
      'a.xml',
      g2('2', 'usable').replace(
        '</itemMeta>',
        '<embargoed>2030-01-01T00:00:00Z</embargoed></itemMeta>',
      ),
    ],
  ])('has a date of its own where it is under an embargo: %s %s', async (name, text) => {
    const { edition, published } = articleIn(await readFile(name, text))
    expect(edition).not.toHaveProperty('isDatedAnew')
    expect(published).toBe('2030-01-01T00:00:00Z')
  })

  test.each([
    ['a.json', ninjs(', "pubStatus": "canceled"'), moment],
    ['a.json', ninjs(', "pubStatus": "canceled", "version": "last"'), moment],
    ['a.json', `{"uri": "${guid}", "pubstatus": "canceled"}`, 8_640_000_000_000_000],
    ['a.xml', g2('', 'canceled'), day],
  ])('that is canceled without a version says when it was: %s %s', async (name, text, made) => {
    const { withdrawn } = (await readFile(name, text)) as { withdrawn?: Edition }
    expect(withdrawn).toMatchObject({ story: guid, version: unnumbered, made })
  })

  test('withdraws nothing where it lies among drafts', async () => {
    expect(await readFile('_drafts/a.json', ninjs(', "pubStatus": "canceled"'))).not.toHaveProperty(
      'withdrawn',
    )
  })

  test.each([
    ['a.json', ninjs(', "version": "12", "pubStatus": "canceled"')],
    ['a.json', '{"uri": "urn:newsml:moro.example:7", "version": "12", "pubstatus": "withheld"}'],
    ['a.xml', g2('12', 'canceled')],
    ['a.xml', g2('12', 'withheld')],
  ])('that is canceled or withheld says that, and which it was: %s %s', async (name, text) => {
    const { withdrawn, ...outcome } = (await readFile(name, text)) as Outcome & {
      withdrawn?: Edition
    }
    expect(outcome).toEqual({
      kind: 'draft',
      notes: [{ text: 'it is canceled or withheld by its agency' }],
    })
    expect(withdrawn).toMatchObject({ story: guid, version: 12 })
  })
})

describe('a story in NITF', () => {
  const story = (head: string) => readFile('a.xml', nitfFile(undefined, { head }))

  test.each([
    ['<du-key key="ferry" version="3"/><doc-id id-string="mo1234"/>', 'nitf ferry', 3],
    ['<du-key key="ferry" part="2"/>', 'nitf ferry 2', 1],
    ['<doc-id regsrc="MORO" id-string="mo1234"/>', 'nitf MORO mo1234', 1],
  ])('is a version of what has its key, or its name: %s', async (head, name, version) => {
    const { edition, guid: stated } = articleIn(await story(head))
    const made = Date.parse('2026-04-13T00:00:00Z')
    expect(edition).toEqual({ story: name, version, made, isDatedAnew: true })
    expect(stated).toBeUndefined()
  })

  test.each([
    '',
    '<doc-id id-string="1"/>',
    '<doc-id id-string="00000"/>',
    '<du-key key="%%key%%"/>',
  ])('is none where that is missing or names nothing: %s', async (head) => {
    expect(articleIn(await story(head))).not.toHaveProperty('edition')
  })

  test('has a date of its own where it is under an embargo', async () => {
    const head = '<date.release norm="20260414T080000Z"/><du-key key="ferry" version="2"/>'
    const { edition, published } = articleIn(await story(head))
    expect(edition).not.toHaveProperty('isDatedAnew')
    expect(published).toBe('2026-04-14T08:00:00Z')
  })

  test('that is canceled says which', async () => {
    const text = nitfFile(undefined, { head: '<du-key key="ferry" version="4"/>' })
    const canceled = text.replace('<docdata>', '<docdata management-status="canceled">')
    expect(await readFile('a.xml', canceled)).toMatchObject({
      withdrawn: { story: 'nitf ferry', version: 4 },
    })
  })
})

test('what editors should know of a story is a note', async () => {
  const outcome = await readFile('a.json', ninjs(', "edNote": "ADDS fares\\n"'))
  expect(outcome).toMatchObject({ notes: [{ text: 'its agency tells editors: ADDS fares' }] })
})
