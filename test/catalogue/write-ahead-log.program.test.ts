import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { openDesk } from '../support/desk.ts'
import { page } from '../support/page.ts'

it('the write-ahead log is switched on even if the first refresh was killed before it could be', async () => {
  const desk = await openDesk({ 'a.txt': page() })
  await desk.close()
  const mode = (pragma: string) => {
    const database = new DatabaseSync(join(desk.dataDir, 'catalogue.sqlite'))
    const row = database.prepare(`PRAGMA ${pragma}`).get()
    database.close()
    return row?.journal_mode
  }
  expect(mode('journal_mode = DELETE')).toBe('delete')
  const again = await openDesk({}, {}, desk)
  await again.close()
  expect(mode('journal_mode')).toBe('wal')
})
