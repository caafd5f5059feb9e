import { describe, expect, it } from 'vitest'
import { addNamespace, readNamespaces, writeNamespaces } from '../../src/catalogue/namespaces.ts'
import { commonNamespace } from '../../src/namespace.ts'

const one = '0b0e3c1c-3a1e-4f7e-9a52-6a2f1f1b7c11'
const two = '3d7a9a52-1c1e-4b7e-8f52-0a2f1f1b7c22'
const set = (uuid: string) => ({ uuid, from: 'SITE_ID' as const })
const unset = { uuid: commonNamespace, from: undefined }

describe('the namespaces of a catalogue', () => {
  it('are those that were set, in that order, the first for its feeds as well', () => {
    const first = addNamespace(undefined, set(one), false)
    expect(first).toEqual({ feeds: one, articles: [one] })
    const second = addNamespace(first, set(two), true)
    expect(second).toEqual({ feeds: one, articles: [one, two] })
    for (const again of [set(one), set(two), unset]) {
      expect(addNamespace(second, again, true)).toBe(second)
    }
  })

  it('begin with the common one for articles that were there before any was set', () => {
    expect(addNamespace(undefined, unset, true)).toBeUndefined()
    const first = addNamespace(undefined, set(one), true)
    expect(first).toEqual({ feeds: one, articles: [commonNamespace, one] })
    const pinned = addNamespace(undefined, set(commonNamespace), true)
    expect(pinned).toEqual({ feeds: commonNamespace, articles: [commonNamespace] })
  })

  it.each([
    { feeds: one, articles: [one] },
    { feeds: one, articles: [one, two] },
    { feeds: one, articles: [commonNamespace, one] },
    { feeds: one, articles: [commonNamespace, one, two] },
    { feeds: commonNamespace, articles: [commonNamespace, one] },
  ])('are read as they were written: %o', (namespaces) => {
    expect(readNamespaces(writeNamespaces(namespaces))).toEqual(namespaces)
  })
})
