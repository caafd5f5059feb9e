/** A machine whose settings are others than those of the one that refreshes gives readers nothing that the site does not say. */
import { afterAll, describe, expect, it } from 'vitest'
import { startNewsstand } from '../support/newsstand.ts'
import { startPostgres } from '../support/postgres.ts'
import { until } from '../support/until.ts'

const postgres = await startPostgres()
afterAll(() => postgres[Symbol.asyncDispose]())

const reason = 'GUID is set otherwise here than on the machine that refreshes.\n'
const story = '---\ntitle: One\ndate: 2026-01-02\n---\nText'

describe.each(['1', '2'])('with WORKERS=%s', (WORKERS) => {
  it('says so to readers, until it refreshes itself', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const first = await startNewsstand({ 'a.md': story }, env)
    const same = { ...env, BASE_URL: first.url, ARTICLES_DIR: first.articlesDir }
    const second = await startNewsstand({}, { ...same, GUID: 'permalink', WORKERS })
    // Workers are told every second.
    await until(async () => (await second.get('/rss.xml')).status === 503, 'the first answer')
    for (const path of ['/rss.xml', '/feed.json', '/', '/articles/one', '/style.css', '/readyz']) {
      const answer = await second.get(path)
      expect([path, answer.status, await answer.text()]).toEqual([path, 503, reason])
    }
    expect((await second.get('/atom.xml')).headers.get('retry-after')).toBe('10')
    expect((await second.get('/healthz')).status).toBe(200)
    expect((await first.get('/rss.xml')).status).toBe(200)
    expect(await first.text('/rss.xml')).toContain('urn:uuid:')
    await first.stop()
    await until(async () => (await second.get('/rss.xml')).status === 200, 'its own')
    expect(await second.text('/rss.xml')).toContain('<guid isPermaLink="true">')
  })
})
