import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runNewsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

describe('a name that is not UTF-8', () => {
  it('is rejected with its bytes until it is another', async (context) => {
    const newsstand = await startNewsstand({ 'a.txt': page() }, { REFRESH_CRON: '0 0 1 1 *' })
    const at = (name: string) => Buffer.from(join(newsstand.articlesDir, name), 'latin1')
    const write = (name: string, title: string) => writeFileSync(at(name), page({ title }))
    try {
      write('T\xfcrkiye.txt', 'Ankara')
    } catch {
      context.skip('this file system takes UTF-8 only')
    }
    mkdirSync(at('G\xfcndem'))
    write('G\xfcndem/b.txt', 'Istanbul')
    // A name may have the very letter that stands for what could not be read.
    newsstand.write('sports/\ufffd.txt', page({ title: 'Izmir' }))
    const says = (name: string) =>
      newsstand.output().includes(`rejected ${name}:1: its name is not`)
    await until(() => says('T\\\\xfcrkiye.txt') && says('G\\\\xfcndem'), 'two rejections')
    await until(async () => (await newsstand.text('/rss.xml')).includes('Izmir'))
    const checked = await runNewsstand(['check', newsstand.articlesDir])
    expect(checked.out).toContain('T\\xfcrkiye.txt:1: its name is not UTF-8. Rename it')
    renameSync(at('T\xfcrkiye.txt'), join(newsstand.articlesDir, 'Türkiye.txt'))
    renameSync(at('G\xfcndem'), join(newsstand.articlesDir, 'Gündem'))
    await until(async () => {
      const feed = await newsstand.text('/rss.xml')
      return feed.includes('Ankara') && feed.includes('Istanbul')
    })
    const status = await (await fetch(`${newsstand.adminUrl}/status`)).json()
    expect(status).toMatchObject({ articles: 4, rejections: 0 })
  })
})
