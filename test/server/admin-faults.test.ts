import { expect, it } from 'vitest'
import { problemOf } from '../../src/server/admin-faults.ts'

const fault = (code: string) =>
  Object.assign(new Error(`${code}: no, '/srv/articles/a.md'`), { code })

it('tells programs what of the articles folder is to be mended, and no names of files', () => {
  for (const [codes, status, detail] of [
    [['EROFS', 'EACCES', 'EPERM'], 500, /cannot be written.*ReadWritePaths=.*container/],
    [['ENOSPC', 'EDQUOT'], 507, /full/],
    [['EIO', 'EMFILE', ''], 500, /logged/],
  ] as const) {
    for (const code of codes) {
      const [told, text] = problemOf(fault(code))
      expect(told).toBe(status)
      expect(text).toMatch(detail)
      expect(text).not.toContain('a.md')
    }
  }
})
