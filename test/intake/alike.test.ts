import { describe, expect, it } from 'vitest'
import { commonText, othersText, summedUp } from '../../src/intake/alike.ts'

const told = (count: number, text: (n: number) => string, folder = 'a') =>
  Array.from({ length: count }, (_, n) => ({
    path: `${folder}/${n}.md`,
    line: n + 1,
    text: text(n),
  }))

const lines = (all: ReturnType<typeof told>) =>
  summedUp(all).map((alike) => [alike.first.path, alike.others.length > 0 ? othersText(alike) : ''])

describe('what is told of files', () => {
  it('is told one by one up to a number, in its order', () => {
    expect(lines(told(20, () => 'no date found'))).toEqual(
      told(20, String).map(({ path }) => [path, '']),
    )
  })

  it('is told once for each kind where it is much, the most frequent first', () => {
    const all = [
      ...told(2, () => 'no text', 'b'),
      ...told(3, () => 'no title', 'c'),
      ...told(21, () => 'no date'),
    ]
    expect(lines(all)).toEqual([
      ['a/0.md', 'and 20 others: a/1.md:2, a/2.md:3, a/3.md:4 …'],
      ['c/0.md', 'and 2 others: c/1.md:2, c/2.md:3'],
      ['b/0.md', ''],
      ['b/1.md', ''],
    ])
  })

  it('is of one kind where only names and numbers of lines differ, of which the most frequent are told', () => {
    const name = (n: number) => (n % 2 === 0 ? 'pier "old".png' : `${n}.png`)
    expect(lines(told(30, (n) => `"${name(n)}" is missing, as line ${n} says`))).toEqual([
      [
        'a/0.md',
        'and 29 others: a/2.md:3 "pier "old".png" (14 ×), a/1.md:2 "1.png", a/3.md:4 "3.png" …',
      ],
    ])
    const keys = (n: number) =>
      `keys: "mood"${n > 5 ? `, "day" (line ${n})` : ''}${n > 9 ? ' and 7 more' : ''}`
    expect(lines(told(30, keys))).toHaveLength(1)
  })

  it('says of several names that the first is one of them', () => {
    const [kind] = summedUp(told(30, (n) => `it links to "${n}.zip", which is not there`))
    const said = kind && commonText(kind, kind.first.text)
    expect(said).toBe('it links to "0.zip" (or others), which is not there')
    const [same] = summedUp(told(30, () => 'it links to "a.zip", which is not there'))
    expect(same && commonText(same, same.first.text)).toBe(same?.first.text)
  })

  it('is of one kind where a text was cut within a name', () => {
    expect(lines(told(30, (n) => `it links to "${'x'.repeat(n)}…`))).toHaveLength(1)
  })

  it('is one line on a terminal, however long names are', () => {
    const [first] = lines(told(30, (n) => `"${'x'.repeat(400)}\u001b${n}" is missing`))
    expect(first?.[1]?.length).toBeLessThan(300)
    expect(
      othersText({ first: { path: 'a', text: '' }, others: [{ path: 'b\n', text: '' }] }),
    ).toBe('and 1 others: b\\u000a')
  })
})
