import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { unprivileged } from '../support/program.ts'
import { until } from '../support/until.ts'

const stories = {
  'a.txt': page({ title: 'One', body: 'The first text.' }),
  'b.txt': page({ title: 'Two', body: 'The second text.' }),
}

describe('a folder for data that is deleted while it is in use', () => {
  it('is noticed and made anew, with all ids and dates', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const newsstand = await startNewsstand(stories, { DATA_DIR: dataDir })
    // Files alone do not tell what a moved article's id is.
    renameSync(join(newsstand.articlesDir, 'a.txt'), join(newsstand.articlesDir, 'moved.txt'))
    newsstand.write('b.txt', page({ title: 'Two', body: 'The second text, edited.' }))
    await until(async () => (await newsstand.text('/feed.json')).includes('edited'))
    const before = await newsstand.text('/feed.json')
    expect(JSON.parse(before).items).toHaveLength(2)
    rmSync(dataDir, { recursive: true })
    expect(await newsstand.text('/feed.json')).toBe(before)
    await until(() => newsstand.output().includes('was deleted while it was in use'))
    expect(existsSync(join(dataDir, 'newsstand.lock'))).toBe(true)
    await until(async () => (await newsstand.text('/search/feed.json?q=second')).includes('Two'))
    await newsstand.stop()
    expect(existsSync(join(dataDir, 'statistics.json'))).toBe(true)
    await newsstand.start()
    expect(await newsstand.text('/feed.json')).toBe(before)
    expect(newsstand.output()).not.toContain('damaged')
  })

  it('is told of where it cannot be made anew, and the feeds go on', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const newsstand = await startNewsstand(stories, {
      DATA_DIR: dataDir,
      REFRESH_CRON: '* * * * * *',
    })
    const before = await newsstand.text('/feed.json')
    rmSync(dataDir, { recursive: true })
    writeFileSync(dataDir, 'in its way')
    newsstand.write('c.txt', page({ title: 'Three' }))
    await until(async () => (await newsstand.text('/readyz')).includes('was deleted'))
    expect(await newsstand.text('/feed.json')).toBe(before)
    rmSync(dataDir)
    await until(async () => (await newsstand.text('/feed.json')).includes('Three'))
    expect(newsstand.output()).toContain('put back as it was')
  })

  it('is not taken for deleted where it may not be looked at', async () => {
    const above = temporaryFolder()
    // A refresh that fails at that moment is tried again each second.
    const env = { DATA_DIR: join(above, 'data'), REFRESH_CRON: '* * * * * *' }
    const newsstand = await startNewsstand(stories, env, unprivileged)
    chmodSync(above, 0)
    onTestFinished(() => chmodSync(above, 0o755))
    await until(async () => (await newsstand.text('/readyz')).includes('permission denied'))
    expect(await newsstand.text('/readyz')).toMatch(
      /The catalogue .* cannot be looked for: .*; give the user that runs Newsstand the right/,
    )
    expect(newsstand.output()).not.toContain('deleted')
    chmodSync(above, 0o755)
    await until(async () => (await newsstand.text('/readyz')) === 'ready\n')
  })
})
