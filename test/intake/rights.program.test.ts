import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startNewsstand, unprivileged, until } from '../support/newsstand.ts'
import { page } from '../support/page.ts'

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
