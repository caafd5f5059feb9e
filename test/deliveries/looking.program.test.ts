/** Two that have one site and one database: one looks what has changed, both deliver and take requests to the hub. */
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { createDeliveries } from '../../src/deliveries/deliveries.ts'
import { openDesk } from '../support/desk.ts'
import { page } from '../support/page.ts'
import { startPostgres } from '../support/postgres.ts'
import { startSubscriber } from '../support/subscriber.ts'
import { until } from '../support/until.ts'

const postgres = await startPostgres()
afterAll(() => postgres[Symbol.asyncDispose]())

const baseUrl = 'https://news.example'
const topic = `${baseUrl}/rss.xml`
const site = { kind: 'site', slug: '' } as const

it('tell subscribers of either one what changes, once, also when the other looks from then on', async () => {
  const databaseUrl = await postgres.database('site')
  const env = { BASE_URL: baseUrl, WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8' }
  const desk = await openDesk({ 'a.txt': page() }, env)
  const config = loadConfig(
    { ...env, DATA_DIR: desk.dataDir, DATABASE_URL: databaseUrl },
    desk.dataDir,
  )
  const log = { info() {}, warn() {}, error() {} }
  const { catalogue, channels } = desk
  const begin = () => {
    const deliveries = createDeliveries({ catalogue, channels, config, log, fingerprint: 'a' })
    onTestFinished(() => deliveries.close())
    return deliveries
  }
  const [looking, other] = [begin(), begin()]
  other.setLooking(false)
  for (const deliveries of [looking, other]) deliveries.start()

  const subscriber = await startSubscriber()
  const subscriptions = async () =>
    (await postgres.query('site', 'SELECT FROM newsstand.subscription')).length
  /** What came since the last change, by whom it was meant for. */
  async function edit(title: string) {
    subscriber.content.length = 0
    desk.write('a.txt', page({ title }))
    await desk.refresh()
    for (const deliveries of [looking, other])
      await deliveries.changed({ channels: [site], articles: [], isNewsOther: false })
  }
  const came = () => subscriber.content.map(({ url }) => url).sort()

  let count = 0
  for (const deliveries of [looking, other]) {
    const form = {
      'hub.mode': 'subscribe',
      'hub.topic': topic,
      'hub.callback': `${subscriber.url}/${count}`,
    }
    const answer = await deliveries.request(new URLSearchParams(form), '127.0.0.1')
    expect(answer.status).toBe(202)
    count += 1
    await until(async () => (await subscriptions()) === count)
  }
  await edit('Edited')
  await until(() => subscriber.content.length === 2)
  expect(came()).toEqual(['/0', '/1'])
  for (const { body } of subscriber.content) expect(String(body)).toContain('Edited')

  looking.setLooking(false)
  await edit('Nobody looks')
  other.setLooking(true)
  await until(() => subscriber.content.length === 2)
  await edit('Again')
  await until(() => subscriber.content.length === 2)
  expect(came()).toEqual(['/0', '/1'])
  for (const { body } of subscriber.content) expect(String(body)).toContain('Again')
})
