import { describe, expect, it } from 'vitest'
import type { ArticleContent } from '../../src/article.ts'
import { updatedAfter } from '../../src/catalogue/times.ts'

const at = (time: string) => Date.parse(`2026-01-02T${time}Z`)
const undated = { published: '2026-01-01T00:00:00Z' } as ArticleContent

describe('the time of an edit', () => {
  it('of a file that was edited twice within a second is the same however late that is seen', () => {
    const last = at('10:00:05')
    const seenAt = (now: string) =>
      updatedAfter(last, { content: undated, modified: at('10:00:05.900') }, false, at(now))
    expect(seenAt('10:00:05.950')).toBe(at('10:00:06'))
    expect(seenAt('10:00:09')).toBe(at('10:00:06'))
    expect(seenAt('11:00:00')).toBe(at('10:00:06'))
  })

  it('of a file with a time long before that of the last edit is that at which it is seen', () => {
    const before = { content: undated, modified: at('08:00:00') }
    expect(updatedAfter(at('10:00:05'), before, false, at('11:00:00'))).toBe(at('11:00:00'))
  })
})
