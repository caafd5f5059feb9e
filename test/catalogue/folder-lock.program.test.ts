import { describe, expect, it } from 'vitest'
import { forbidWriting } from '../support/folder.ts'
import { runNewsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { freePort, unprivileged } from '../support/program.ts'
import { until } from '../support/until.ts'

const stories = { 'a.txt': page({ title: 'The only story' }) }

describe('a second Newsstand on the same DATA_DIR', () => {
  it('stops with one sentence, and the first goes on', async () => {
    const first = await startNewsstand(stories)
    const second = {
      PORT: String(await freePort()),
      ADMIN_PORT: '0',
      ARTICLES_DIR: first.articlesDir,
      DATA_DIR: first.dataDir,
    }
    const { code, out, err } = await runNewsstand([], second)
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err).toBe(
      `newsstand: DATA_DIR is ${first.dataDir}; another Newsstand (process ${first.pid()}) uses this ` +
        'DATA_DIR; stop that one, or give this one a DATA_DIR of its own.\n',
    )
    first.write('b.txt', page({ title: 'Another story' }))
    await until(async () => (await first.text('/rss.xml')).includes('Another story'))
    // Reading files publishes nothing, and harms nobody.
    const checked = await runNewsstand(['check'], second)
    expect(checked.out).toContain('All is well: 2 articles.')
  })

  it('starts as soon as the first is gone, also when that was killed', async () => {
    const first = await startNewsstand(stories)
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      await first.stop(signal)
      await first.start()
      expect((await first.get('/readyz')).status).toBe(200)
    }
  })

  it('reads where neither may write, and waits for the other before it writes', async () => {
    const first = await startNewsstand(stories, { REFRESH_CRON: '* * * * * *' }, unprivileged)
    await first.stop()
    const allowWriting = forbidWriting(first.dataDir)
    await first.start()
    const port = await freePort()
    const env = {
      PORT: String(port),
      ADMIN_PORT: '0',
      ARTICLES_DIR: first.articlesDir,
      DATA_DIR: first.dataDir,
    }
    const second = await startNewsstand({}, env, unprivileged)
    const url = `http://127.0.0.1:${port}`
    expect(await (await fetch(`${url}/rss.xml`)).text()).toContain('The only story')
    expect(await first.text('/rss.xml')).toContain('The only story')
    allowWriting()
    // Whichever is first to write, the other waits.
    const saysWaiting = async (at: string) =>
      (await (await fetch(`${at}/readyz`)).text()).includes('another Newsstand (process')
    await until(async () => (await saysWaiting(url)) || (await saysWaiting(first.url)))
    const isFirst = await saysWaiting(url)
    await (isFirst ? first : second).stop()
    const left = isFirst ? url : first.url
    await until(async () => !(await saysWaiting(left)))
    await (isFirst ? second : first).stop()
  })
})
