import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { FolderReader } from '../../src/intake/folder-reader.ts'
import { openDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { until } from '../support/until.ts'

const paragraphs = 60

/** An edition of an article, in which every paragraph says which edition it is of. */
function edition(name: string, number: number, filler = 40): string {
  const lines = Array.from({ length: paragraphs }, (_, n) => paragraph(name, number, n, filler))
  return `---\ntitle: ${name} ${number}\ndate: 2024-05-06\n---\n${lines.join('\n\n')}\n`
}

const paragraph = (name: string, number: number, n: number, filler: number) =>
  `${name} ${number}, paragraph ${n} of ${paragraphs}.${' A boat came in.'.repeat(filler)}`

/** What is wrong with an article as a feed shows it; undefined when it is one edition, and whole. */
function faultOf({ title, content_html: html }: { title: string; content_html: string }) {
  const marks = [...html.matchAll(/<p>(\w+ \d+), paragraph (\d+) of/g)]
  const isWhole = marks.length === paragraphs && marks.every(([, , n], at) => Number(n) === at)
  if (isWhole && marks.every(([, mark]) => mark === title)) return undefined
  return `${title} is shown with ${marks.length} paragraphs, of ${new Set(marks.map(([, mark]) => mark)).size} editions`
}

/** Another process writes, as it would: our own is known to write no articles, and is not looked at. */
async function run(script: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, ['-e', `const fs = require('node:fs')\n${script}`, ...args])
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
}

/** Writes a text in ten pieces over some time, as a slow program would, with the file open throughout. */
async function writeInPieces(path: string, text: string, ms: number): Promise<void> {
  const writer = spawn('sh', ['-c', 'cat > "$0"', path], { stdio: ['pipe', 'ignore', 'ignore'] })
  const size = Math.ceil(text.length / 10)
  for (let at = 0; at < text.length; at += size) {
    writer.stdin.write(text.slice(at, at + size))
    await sleep(ms / 10)
  }
  writer.stdin.end()
  await once(writer, 'exit')
}

describe('a file that is being written', () => {
  it('is never shown in part, however it is written, and is shown soon after', async () => {
    const rewritten = ['inplace', 'hasty', 'renamed', 'edited', 'copied']
    const files = rewritten.map((name) => [`${name}.md`, edition(name, 1)])
    const server = await startNewsstand(Object.fromEntries(files))
    const at = (name: string) => join(server.articlesDir, name)
    const aside = temporaryFolder()

    /** Editions of an article, from text files beside the folder. */
    const editions = (name: string, filler?: number) =>
      [2, 3, 4, 5, 6, 7, 8, 9].map((number) => {
        const path = join(aside, `${name}-${number}`)
        writeFileSync(path, edition(name, number, filler))
        return path
      })
    const eachEdition = (write: string) => `
      const [path, ...texts] = process.argv.slice(1)
      const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
      for (const text of texts) {
        const bytes = fs.readFileSync(text)
        ${write}
        pause(250)
      }`
    const writers: Record<string, () => Promise<unknown>> = {
      slow: () => writeInPieces(at('slow.md'), edition('slow', 9), 5000),
      inplace: () => writeInPieces(at('inplace.md'), edition('inplace', 9), 3000),
      hasty: () =>
        run(
          eachEdition(`
            const file = fs.openSync(path, 'w')
            fs.writeSync(file, bytes.subarray(0, bytes.length / 2))
            pause(150)
            fs.writeSync(file, bytes.subarray(bytes.length / 2))
            fs.closeSync(file)`),
          ...[at('hasty.md'), ...editions('hasty')],
        ),
      renamed: () =>
        run(
          eachEdition(
            `fs.writeFileSync(path + '.part', bytes); fs.renameSync(path + '.part', path)`,
          ),
          ...[at('renamed.md'), ...editions('renamed')],
        ),
      added: () =>
        run(
          eachEdition(`fs.writeFileSync(path + '~', bytes); fs.renameSync(path + '~', path)`),
          ...[at('added.md'), ...editions('added').slice(-1)],
        ),
      edited: () =>
        run(
          eachEdition(`
            const file = fs.openSync(path + '.new.md.tmp', 'w')
            fs.writeSync(file, bytes)
            fs.fsyncSync(file)
            fs.closeSync(file)
            fs.renameSync(path + '.new.md.tmp', path)
            fs.chmodSync(path, 0o640)`),
          ...[at('edited.md'), ...editions('edited')],
        ),
      copied: async () => {
        for (const text of editions('copied', 1000)) {
          await once(spawn('cp', [text, at('copied.md')]), 'exit')
          // The pace at which somebody copies editions.
          await sleep(400)
        }
      },
    }

    const faults: string[] = []
    const done = new Map<string, number>()
    const shown = new Map<string, number>()
    const writing = Promise.all(
      Object.entries(writers).map(async ([name, write]) => {
        await write()
        done.set(name, performance.now())
      }),
    )
    let end = Infinity
    void writing.finally(() => {
      end = performance.now() + 2000
    })
    let etag = ''
    let polls = 0
    while (shown.size < Object.keys(writers).length && performance.now() < end) {
      const response = await server.get('/feed.json', { 'If-None-Match': etag })
      polls += 1
      if (response.status === 304) continue
      etag = response.headers.get('etag') ?? ''
      const { items } = (await response.json()) as { items: Parameters<typeof faultOf>[0][] }
      for (const item of items) {
        const fault = faultOf(item)
        if (fault) faults.push(fault)
        const [name = '', number] = item.title.split(' ')
        if (number === '9' && !shown.has(name)) shown.set(name, performance.now())
      }
    }
    await writing
    expect(faults).toEqual([])
    expect(polls).toBeGreaterThan(500)
    const late = [...done].filter(([name, time]) => !((shown.get(name) ?? Infinity) < time + 2000))
    expect(late).toEqual([])
  })

  it('is left for later when somebody goes on writing it after it was found', async () => {
    const folder = temporaryFolder({ 'a.md': edition('found', 1), 'b.md': edition('left', 1) })
    const reader = new FolderReader({
      articlesDir: folder,
      language: 'en',
      timeZone: 'UTC',
      undated: 'modified',
      publisher: { name: 'P', url: 'https://p.example/' },
      topics: [],
      emptyFolderMinutes: 0,
    })
    // A second later, as a file that was touched a moment ago is left alone.
    const pass = () => reader.survey(undefined, Date.now() + 1000).changed
    const found = pass()
    expect(found.map(({ path }) => path)).toEqual(['a.md', 'b.md'])
    truncateSync(join(folder, 'a.md'), 400)
    const read = await reader.read(found)
    expect(read.map(({ path, kind }) => [path, kind])).toEqual([
      ['a.md', 'unsettled'],
      ['b.md', 'article'],
    ])
    reader.finish(true, ['a.md'])
    expect(pass().map(({ path }) => path)).toEqual(['a.md'])
  })

  it('is looked at again when it was written while others were read', async () => {
    const many = Array.from({ length: 1500 }, (_, n) => [`${n}.md`, edition(`story${n}`, 1, 4)])
    const desk = await openDesk()
    for (const [name = '', text = ''] of many) desk.write(name, text)
    desk.write('zz.md', edition('last', 1))
    const refreshing = desk.refresh()
    // After the folder was looked through, and before its last file is read.
    await until(() => desk.progress() > 0)
    desk.write('zz.md', edition('last', 2))
    await refreshing
    const titles = async () => (await desk.articles()).map(({ title }) => title)
    await until(async () => (await titles()).includes('last 2'))
  })

  it('is waited for by a first start, which shows no empty feed meanwhile', async () => {
    const writing = '(exec 3>>"$ARTICLES_DIR/a.md"; sleep 1.5) & exec "$@"'
    const files = { 'a.md': edition('first', 1) }
    const newsstand = await startNewsstand(files, {}, ['sh', '-c', writing, 'sh'])
    expect(newsstand.output()).toContain('serves 1 article ')
  })
})
