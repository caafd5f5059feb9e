import { describe, expect, it } from 'vitest'
import { orderly } from '../../src/intake/note.ts'
import { fewOf } from '../../src/intake/rejection.ts'
import { keysOfNote, noteOfKeys } from '../../src/intake/unknown-keys.ts'
import { markdownFile, readFile } from '../support/read.ts'

describe('the notes of a file', () => {
  it('are in the order of its lines, those of the whole file first, each text once', () => {
    const notes = [
      { line: 9, text: 'b' },
      { line: 3, text: 'a' },
      { text: 'whole' },
      { line: 2, text: 'b' },
    ]
    expect(orderly(notes)).toEqual([
      { text: 'whole' },
      { line: 2, text: 'b' },
      { line: 3, text: 'a' },
    ])
  })

  it('are few and short, however many and long they are', () => {
    const many = Array.from({ length: 100_000 }, (_, n) => ({ line: n + 1, text: `note ${n}` }))
    const few = orderly(many)
    expect(few).toHaveLength(51)
    expect(few.at(-1)).toEqual({ text: 'there are 99950 more notes' })
    expect(orderly([{ text: '😀'.repeat(1_000_000) }])[0]?.text.length).toBeLessThan(600)
  })

  it('say that an article expires before it is published', async () => {
    const outcome = await readFile('a.md', markdownFile('Text.', 'expires: 2000-01-01'))
    expect(outcome).toMatchObject({ kind: 'article', notes: [{ text: expect.any(String) }] })
  })
})

describe('the faults of a file', () => {
  it('are told up to a number, and how many more there are', () => {
    const fault = (n: number) => ({ line: n, reason: `fault ${n}`, remedy: 'Mend it.' })
    const many = Array.from({ length: 100 }, (_, n) => fault(n + 2))
    const few = fewOf([fault(1), ...many])
    expect(few).toHaveLength(51)
    expect(few.slice(-2)).toMatchObject([{ line: 50 }, { reason: 'there are 51 more faults' }])
    expect(fewOf([fault(1), fault(2)])).toEqual([fault(1), fault(2)])
  })
})

it('A note on keys that mean nothing says which, unless it does not name them all', () => {
  const keys = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ key: `k${at}`, line: at + 2 }))
  const [first = { key: '' }, ...others] = keys(3)
  expect(keysOfNote(noteOfKeys([first, ...others]))).toEqual(keys(3))
  expect(keysOfNote(noteOfKeys([first, ...keys(12)]))).toBeUndefined()
  expect(keysOfNote({ text: 'it links to "k0", which is not there' })).toBeUndefined()
})
