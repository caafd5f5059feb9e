import { copyFileSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Desk, openDesk, touch } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { stories } from '../support/page.ts'
import { until } from '../support/until.ts'

const aside = (desk: Desk) => join(temporaryFolder(), basename(desk.folder))
const ids = async (desk: Desk) => (await desk.articles()).map(({ id }) => id).sort()

describe('a mount that goes away', () => {
  it('while its files are read takes none of its articles with it', async () => {
    const desk = await openDesk(stories(1500), { EMPTY_FOLDER_MINUTES: '60', FEED_ITEMS: '1000' })
    const { articles } = await desk.catalogue.counts()
    for (let n = 0; n < 1500; n += 1) touch(desk, `world/${n}.txt`, new Date('2024-06-01'))
    const refreshing = desk.refresh()
    await until(() => desk.progress() > 0 && desk.progress() < 1500)
    const away = aside(desk)
    renameSync(join(desk.folder, 'world'), away)
    await refreshing
    await desk.refresh()
    expect((await desk.catalogue.counts()).articles).toBe(articles)
    renameSync(away, join(desk.folder, 'world'))
    await desk.refresh()
    expect((await desk.catalogue.counts()).articles).toBe(articles)
  })

  it('takes no article with it that is looked for just then', async () => {
    const desk = await openDesk(stories(30), { EMPTY_FOLDER_MINUTES: '60' })
    const before = await ids(desk)
    renameSync(join(desk.folder, 'world'), aside(desk))
    await desk.refresh(['world/1.txt'])
    await desk.refresh(['world/2.txt', 'world/3.txt'])
    expect(await ids(desk)).toEqual(before)
  })

  it('gives no article to a copy that is made meanwhile', async () => {
    const desk = await openDesk(stories(30), { EMPTY_FOLDER_MINUTES: '60' })
    const before = await ids(desk)
    const away = aside(desk)
    renameSync(join(desk.folder, 'world'), away)
    await desk.refresh()
    copyFileSync(join(away, '1.txt'), join(desk.folder, 'copy.txt'))
    await desk.refresh()
    renameSync(away, join(desk.folder, 'world'))
    desk.remove('copy.txt')
    await desk.refresh()
    expect(await ids(desk)).toEqual(before)
  })

  it('is read as the settings are now when it comes back after another start', async () => {
    const settings = { EMPTY_FOLDER_MINUTES: '60', FEED_LANGUAGE: 'de' }
    const desk = await openDesk(stories(30), { EMPTY_FOLDER_MINUTES: '60' })
    const { folder, dataDir } = desk
    const away = aside(desk)
    renameSync(join(folder, 'world'), away)
    await desk.close()
    const without = await openDesk(
      { 'new.md': '---\ntitle: N\ndate: 2024-01-01\n---\nText.\n' },
      settings,
      {
        folder,
        dataDir,
      },
    )
    await until(async () => (await without.articles()).length === 31)
    await without.close()
    renameSync(away, join(folder, 'world'))
    const again = await openDesk({}, settings, { folder, dataDir })
    const languages = new Set((await again.articles()).map(({ language }) => language))
    expect([...languages]).toEqual(['de'])
  })
})
