import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { watchFolder } from '../../src/intake/watch.ts'
import { temporaryFolder } from '../support/folder.ts'
import { startNewsstand, until } from '../support/newsstand.ts'
import { page } from '../support/page.ts'

/** In a namespace of its own, where a user may have one watch and no more (user_namespaces(7)). */
const withoutWatches = [
  'unshare',
  '--user',
  '--map-root-user',
  'sh',
  '-c',
  'echo 1 > /proc/sys/user/max_inotify_watches && exec "$@"',
  'sh',
]

function mayUnshare(): boolean {
  try {
    execFileSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('a folder that cannot be watched', () => {
  it('is looked through on schedule instead, which is said once', async (context) => {
    if (!mayUnshare()) context.skip('this system has no user namespaces, or does not allow them')
    const newsstand = await startNewsstand(
      { 'world/a.txt': page(), 'africa/b.txt': page({ title: 'Another' }) },
      { REFRESH_CRON: '* * * * * *' },
      withoutWatches,
    )
    newsstand.write('world/c.txt', page({ title: 'A third' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('A third'))
    newsstand.write('sports/d.txt', page({ title: 'A fourth' }))
    await until(async () => (await newsstand.text('/rss.xml')).includes('A fourth'))
    expect(newsstand.output().match(/cannot be watched/g)).toHaveLength(1)
    expect(newsstand.output()).toContain('raise fs.inotify.max_user_watches')
    expect((await newsstand.get('/readyz')).status).toBe(200)
  })
})

describe('a folder that never rests', () => {
  it('is looked at all the same', async () => {
    const folder = temporaryFolder()
    const seen: string[][] = []
    const watched = watchFolder(
      folder,
      (paths) => seen.push(paths),
      (error) => expect.fail(error.message),
    )
    const writer = setInterval(() => writeFileSync(join(folder, 'a.txt'), 'A'), 2)
    onTestFinished(() => {
      clearInterval(writer)
      watched.close()
    })
    await until(() => seen.length >= 3, 'a third look while it is written to')
    expect(new Set(seen.flat())).toEqual(new Set(['a.txt']))
  })
})
