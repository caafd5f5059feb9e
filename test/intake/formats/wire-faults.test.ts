/** What is wrong with files of agencies, which is told at once. */
import { describe, expect, test } from 'vitest'
import { readFile } from '../../support/read.ts'

const nitf = (dates: string) =>
  `<nitf>\n<head><docdata>\n${dates}</docdata></head><body><body.content/></body></nitf>`
const g2 = (dates: string) =>
  `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:moro.example:7"><itemMeta>\n` +
  `<itemClass qcode="ninat:text"/>\n${dates}</itemMeta><contentMeta/><contentSet/></newsItem>`
const ninjs = (dates: string) =>
  `{"uri": "urn:moro.example:7", "type": "text", "standard": {"name": "ninjs", "version": "3.1"},\n"bodies": [], "headlines": [],\n${dates}"version": "1"}`

/** @returns what is told, with its line */
async function faultsOf(name: string, text: string): Promise<string[]> {
  const outcome = await readFile(name, text)
  if (outcome.kind !== 'rejected') return [outcome.kind]
  return outcome.rejections.map(({ line, reason }) => [line, reason].filter(Boolean).join(': '))
}

describe('a file of an agency', () => {
  test.each([
    [
      'NITF',
      'a.xml',
      nitf('<date.issue norm="20260230"/>\n<date.expire norm="20261301"/>'),
      ['the file has no headline', 'the file has no story'],
      ['"20260230"', '"20261301"'],
    ],
    [
      'NewsML-G2',
      'a.xml',
      g2('<versionCreated>2026-02-30</versionCreated>\n<expires>2026-13-01</expires>'),
      ['the item has no headline', 'the item has no text'],
      ['"2026-02-30"', '"2026-13-01"'],
    ],
    [
      'ninjs',
      'a.json',
      ninjs('"versionCreated": "2026-02-30",\n"expires": "2026-13-01",'),
      ['the item has no headline', 'the item has no body'],
      ['"2026-02-30"', '"2026-13-01"'],
    ],
  ])('is told all that is wrong with it: %s', async (_, name, text, lacks, dates) => {
    const [first, second] = dates.map((date) => `${date} is no date that exists`)
    expect(await faultsOf(name, text)).toEqual([`3: ${first}`, `4: ${second}`, ...lacks])
  })

  test.each([
    ['NITF', 'a.xml', nitf('<date.expire norm="20261301"/>'), 'the file has no date'],
    ['NewsML-G2', 'a.xml', g2('<expires>2026-13-01</expires>'), 'the item has no date'],
    ['ninjs', 'a.json', ninjs('"expires": "2026-13-01",'), 'the item has no date'],
  ])('without a date is told so beside a wrong expiry: %s', async (_, name, text, lack) => {
    const faults = await faultsOf(name, text)
    expect(faults[0]).toMatch(/is no date that exists$/)
    expect(faults).toContain(lack)
  })

  test.each([
    [
      'NITF',
      'a.xml',
      '<nitf><body><body.content><p>The ferries sail again.</p></body.content></body></nitf>',
    ],
    [
      'ninjs',
      'a.json',
      '{"uri": "urn:a", "standard": {"name": "ninjs"}, "headlines": [], "bodies": [{"value": "The ferries sail again."}]}',
    ],
  ])('needs no headline where its text begins with one: %s', async (_, name, text) => {
    expect(await faultsOf(name, text)).toEqual([expect.stringMatching(/has no date$/)])
  })
})
