/** What agencies state of what a file is a version of, for the catalogue. */
import { describe, expect, test } from 'vitest'
import { readFormat } from '../../../src/intake/formats/input-formats.ts'
import { articleIn, readFile } from '../../support/read.ts'

const ninjs = (members: string) =>
  `{"uri": "urn:newsml:moro.example:7", "versionCreated": "2026-04-13T09:30:00Z", "headlines": [{"value": "A"}], ` +
  `"bodies": [{"value": "B"}]${members}}`
const g2 = (version: string, status: string) =>
  `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:moro.example:7" version="${version}">` +
  `<itemMeta><itemClass qcode="ninat:text"/><versionCreated>2026-04-13</versionCreated><pubStatus qcode="stat:${status}"/></itemMeta>` +
  '<contentMeta><headline>A</headline></contentMeta><contentSet><inlineXML><p>B</p></inlineXML></contentSet></newsItem>'

const guid = 'urn:newsml:moro.example:7'

describe('a story of an agency', () => {
  test.each([
    ['a.json', ninjs(', "version": "11"'), 11],
    ['a.json', ninjs(', "version": 11'), 11],
    ['a.json', ninjs(', "version": "2b"'), undefined],
    ['a.json', ninjs(''), undefined],
    ['a.xml', g2('11', 'usable'), 11],
    ['a.xml', g2('', 'usable'), undefined],
  ])('states its guid and its version as a number: %s %s', async (name, text, version) => {
    const raw = await readFormat(Buffer.from(text), name, '.')
    expect(raw).toMatchObject({ guid, title: 'A' })
    expect(raw?.version).toBe(version)
    expect(raw?.isCanceled).toBeUndefined()
    expect(articleIn(await readFile(name, text)).guid).toBe(guid)
  })

  test.each([
    ['a.json', ninjs(', "version": "12", "pubStatus": "canceled"')],
    ['a.json', '{"uri": "urn:newsml:moro.example:7", "version": "12", "pubstatus": "withheld"}'],
    ['a.xml', g2('12', 'canceled')],
    ['a.xml', g2('12', 'withheld')],
  ])('that is canceled or withheld says that, and which it was: %s %s', async (name, text) => {
    const raw = await readFormat(Buffer.from(text), name, '.')
    expect(raw).toMatchObject({ guid, version: 12, isCanceled: true })
    const outcome = await readFile(name, text)
    expect(outcome).toEqual({ kind: 'draft', notes: [{ text: 'it is canceled by its agency' }] })
  })
})

test('what editors should know of a story is a note', async () => {
  const outcome = await readFile('a.json', ninjs(', "edNote": "ADDS fares\\n"'))
  expect(outcome).toMatchObject({ notes: [{ text: 'its agency tells editors: ADDS fares' }] })
})
