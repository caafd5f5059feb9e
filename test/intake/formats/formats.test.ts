import { expect, test } from 'vitest'
import { isArticleName } from '../../../src/intake/formats/formats.ts'

test.each(['txt', 'text', 'md', 'markdown', 'html', 'htm', 'xhtml', 'xml', 'TXT'])(
  'a file named .%s may hold an article',
  (extension) => {
    expect(isArticleName(`a.${extension}`)).toBe(true)
    expect(isArticleName(`.a.${extension}`)).toBe(false)
    expect(isArticleName(extension)).toBe(false)
    expect(isArticleName(`a.${extension}x`)).toBe(false)
  },
)
