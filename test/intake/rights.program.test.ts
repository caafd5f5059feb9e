import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDesk } from '../support/desk.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { unprivileged } from '../support/program.ts'
import { until } from '../support/until.ts'

/** What comes out is noticed by the watch, and not on schedule. */
const aYear = { REFRESH_CRON: '0 0 1 1 *' }

it('a folder that could not be read when Newsstand began is read as soon as it may be', async () => {
  const files = { 'a.txt': page(), 'secret/b.txt': page({ title: 'A secret' }) }
  const folder = '"$ARTICLES_DIR/secret"'
  const newsstand = await startNewsstand(files, aYear, [
    ...['sh', '-c', `chmod 000 ${folder} && exec "$@"`, 'sh'],
    ...unprivileged,
  ])
  expect(newsstand.output()).toContain('serves 1 article ')
  chmodSync(join(newsstand.articlesDir, 'secret'), 0o755)
  await until(async () => (await newsstand.text('/feed.json')).includes('A secret'))
  newsstand.write('secret/c.txt', page({ title: 'Another secret' }))
  await until(async () => (await newsstand.text('/feed.json')).includes('Another secret'))
  await until(async () => (await newsstand.text('/readyz')) === 'ready\n')
})

it('an articles folder that may not be read is named by /readyz, with what to do and without its path', async () => {
  const newsstand = await startNewsstand(
    { 'a.txt': page() },
    { REFRESH_CRON: '* * * * * *' },
    unprivileged,
  )
  chmodSync(newsstand.articlesDir, 0o000)
  await until(async () => (await newsstand.text('/readyz')).includes('may not be read'))
  const ready = await newsstand.text('/readyz')
  chmodSync(newsstand.articlesDir, 0o755)
  expect(ready).toMatch(/^ready\n.*give the user that runs Newsstand the right to read it/)
  expect(ready).not.toContain(newsstand.articlesDir)
  expect(await newsstand.text('/feed.json')).toContain('Ferries')
})

it('a file that was published and is rejected now is said to stay as it was', async () => {
  const newsstand = await startNewsstand({ 'a.txt': page() })
  newsstand.write('a.txt', page({ date: '' }))
  await until(() => newsstand.output().includes('rejected a.txt'))
  expect(newsstand.output()).toContain('Its last good version stays published.')
  const status = await fetch(newsstand.adminUrl)
  expect(await status.text()).toContain('Its last good version stays published.')
})

it('files that could not be read are read after a start as somebody who may', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`${n}.txt`, page({ title: `Story ${n}` })]),
  )
  const newsstand = await startNewsstand(files, aYear, [
    ...['sh', '-c', 'chmod 000 "$ARTICLES_DIR"/*.txt && exec "$@"', 'sh'],
    ...unprivileged,
  ])
  expect(newsstand.output()).toContain('40 files rejected')
  await newsstand.stop()
  // Another user, or another group: the files are as they were.
  const desk = await openDesk({}, {}, { folder: newsstand.articlesDir, dataDir: newsstand.dataDir })
  expect(await desk.articles()).toHaveLength(40)
})
