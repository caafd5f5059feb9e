/** What the hub does when deliveries.sqlite cannot be read. */
import { closeSync, fstatSync, mkdirSync, openSync, rmdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { startSubscriber } from '../support/subscriber.ts'
import { until } from '../support/until.ts'

const local = { WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8' }
const pageBytes = 4096

const fileOf = ({ dataDir }: Newsstand) => join(dataDir, 'deliveries.sqlite')

const subscribe = ({ url }: Newsstand, callback: string) =>
  fetch(`${url}/hub`, {
    method: 'POST',
    body: new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.topic': `${url}/rss.xml`,
      'hub.callback': callback,
    }),
  })

test('the first request is answered also where the file cannot be opened', async () => {
  const newsstand = await startNewsstand({ 'a.txt': page() }, local)
  const subscriber = await startSubscriber()
  mkdirSync(fileOf(newsstand))
  const { status, headers } = await subscribe(newsstand, `${subscriber.url}/one`)
  expect([status, headers.get('retry-after')]).toEqual([503, '60'])
  await subscribe(newsstand, `${subscriber.url}/one`)
  expect(newsstand.output().match(/the hub can take no requests/g)).toHaveLength(1)
  rmdirSync(fileOf(newsstand))
  await until(async () => (await subscribe(newsstand, `${subscriber.url}/one`)).status === 202)
  await until(() => subscriber.asked.length > 0, 'the verification')
})

test('who subscribes after it was found damaged is told of the next change', async () => {
  const newsstand = await startNewsstand({ 'a.txt': page() }, local)
  const subscriber = await startSubscriber()
  expect((await subscribe(newsstand, `${subscriber.url}/early`)).status).toBe(202)
  await until(() => subscriber.asked.length > 0, 'the verification')
  newsstand.write('a.txt', page({ title: 'Edited first' }))
  await until(() => subscriber.content.length > 0, 'the first change')
  // What somebody else has written is read from the file, which all of it is in then.
  const other = new DatabaseSync(fileOf(newsstand), { timeout: 10_000 })
  other.exec("INSERT INTO setting VALUES ('other', ''); PRAGMA wal_checkpoint(TRUNCATE)")
  other.close()
  const file = openSync(fileOf(newsstand), 'r+')
  writeSync(file, Buffer.alloc(fstatSync(file).size - pageBytes, 0xee), 0, undefined, pageBytes)
  closeSync(file)
  let requests = 0
  await until(async () => {
    requests += 1
    await subscribe(newsstand, `${subscriber.url}/${requests}`)
    return newsstand.output().includes('begun anew')
  }, 'the repair')
  await subscribe(newsstand, `${subscriber.url}/last`)
  await until(() => subscriber.asked.some(({ url }) => url.startsWith('/last?')))
  newsstand.write('a.txt', page({ title: 'Edited' }))
  await until(() => subscriber.content.some(({ url }) => url === '/last'), 'the change')
})
