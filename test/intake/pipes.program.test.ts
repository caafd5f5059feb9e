import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'

const source = (path: string) => new URL(`../../src/intake/${path}`, import.meta.url).href

/** In a process of its own: whoever waits for a pipe cannot be stopped otherwise. */
function readAsArticleAndMedia(root: string, names: readonly string[]): unknown {
  const script = `
    import { readArticle } from '${source('read-article.ts')}'
    import { findMedia } from '${source('media-files.ts')}'
    const [root, ...names] = process.argv.slice(1)
    for (const name of names) {
      const { kind } = await readArticle({ path: name + '.md' }, { root })
      console.log(name, kind, findMedia(root, 'a.md', name + '.png') ?? 'none')
    }`
  const { stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, root, ...names],
    { encoding: 'utf8', timeout: 20_000, killSignal: 'SIGKILL' },
  )
  return stdout.trim().split('\n')
}

describe('what has taken the place of a file since it was looked at', () => {
  it('is neither read nor waited for: a pipe, a socket, a folder, a link that leads out', async () => {
    const root = temporaryFolder({ 'folder.md/a': '', 'folder.png/a': '' })
    for (const ending of ['md', 'png']) {
      execFileSync('mkfifo', [join(root, `pipe.${ending}`)])
      execFileSync('ln', ['-s', '/dev/zero', join(root, `link.${ending}`)])
      const socket = createServer().listen(join(root, `socket.${ending}`))
      onTestFinished(() => void socket.close())
    }
    const names = ['pipe', 'socket', 'folder', 'link']
    expect(readAsArticleAndMedia(root, names)).toEqual(names.map((name) => `${name} gone none`))
  })

  it('takes no thread from those who ask for other media', async () => {
    const newsstand = await startNewsstand({
      'a.txt': page(),
      'swapped.png': Buffer.from('an image'),
      'other.png': Buffer.from('another image'),
    })
    const swap = `
      const { linkSync, renameSync } = require('node:fs')
      for (;;) {
        for (const name of ['pipe', 'other.png']) {
          linkSync(name, 'swapping')
          renameSync('swapping', 'swapped.png')
        }
      }`
    execFileSync('mkfifo', [join(newsstand.articlesDir, 'pipe')])
    const swapper = spawn(process.execPath, ['-e', swap], { cwd: newsstand.articlesDir })
    onTestFinished(() => void swapper.kill('SIGKILL'))
    const ask = () =>
      fetch(`${newsstand.url}/media/swapped.png`, { signal: AbortSignal.timeout(1000) })
        .then((response) => response.text())
        .catch(() => {})
    for (let round = 0; round < 40; round += 1) await Promise.all(Array.from({ length: 50 }, ask))
    swapper.kill('SIGKILL')
    const answer = await fetch(`${newsstand.url}/media/other.png`, {
      signal: AbortSignal.timeout(20_000),
    })
    expect(await answer.text()).toBe('another image')
  })
})
