/** What a static build does about files that somebody else has removed or altered, and about what it cannot make. */
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { siteOf } from '../support/built.ts'
import { temporaryFolder, writeInto } from '../support/folder.ts'
import { photograph } from '../support/photograph.ts'
import { end, spawnNewsstand } from '../support/program.ts'
import { until } from '../support/until.ts'
import { content, drawing, relation, run, wordFile } from '../support/word.ts'

const story = (title: string, text = 'Text.') =>
  `---\ntitle: ${title}\nslug: ${title.toLowerCase()}\ndate: 2026-01-01\ntags: [Only]\n---\n\n${text}\n`

const long = `${'Words of a story that is long enough to be packed. '.repeat(30)}\n`

async function expectAsFromNothing({ out, buildInto }: ReturnType<typeof siteOf>): Promise<void> {
  const other = join(temporaryFolder(), 'site')
  await buildInto(other)
  execFileSync('diff', ['-r', out, other])
}

it('leaves pictures of a Word document as they are', async () => {
  const png = await photograph(64, 64).png().toBuffer()
  const document = wordFile({
    body: content(run('Text.')) + content(`<w:r>${drawing('p1', 'A boat')}</w:r>`),
    relations: relation('p1', 'image', 'media/image1.png'),
    others: [{ name: 'word/media/image1.png', content: png }],
  })
  const site = siteOf({ 'one.docx': document })
  await site.build()
  const picture = join(site.out, 'media/one.docx/word/media/image1.png')
  const before = statSync(picture).ino
  expect((await site.build()).err).toMatch(/ 0 written .* 0 removed/)
  expect(statSync(picture).ino).toBe(before)
})

it('writes packed files anew that are gone or others', async () => {
  const site = siteOf({ 'one.md': story('One', long) }, {}, [])
  await site.build()
  for (const path of ['rss.xml.gz', 'articles/one.html.br']) rmSync(join(site.out, path))
  appendFileSync(join(site.out, 'index.html.gz'), 'more')
  appendFileSync(join(site.out, 'tags/only/atom.xml.zst'), 'more')
  await site.build()
  await expectAsFromNothing(site)
})

it('goes on where somebody removes a folder meanwhile', async () => {
  const site = siteOf({ 'one.md': story('One') })
  const { articlesDir, dataDir, out, env, args } = site
  const child = spawnNewsstand({ cwd: dataDir, env, args: [...args, '--watch'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  await until(() => said.includes(' removed, in '))
  rmSync(join(out, 'tags'), { recursive: true })
  writeInto(articlesDir, 'one.md', story('One', 'Edited.'))
  const feed = join(out, 'tags/only/rss.xml')
  await until(() => existsSync(feed) && readFileSync(feed, 'utf8').includes('Edited'))
  expect(await end(child, 'SIGTERM')).toBe(0)
})

it('says at each build what cannot be written, and writes it once it can', async () => {
  const site = siteOf({ 'one.md': story('One') })
  mkdirSync(site.out)
  writeFileSync(join(site.out, 'tags'), 'a file of others\n')
  for (let n = 0; n < 2; n += 1) {
    const { code, err } = await site.build()
    expect(err).toContain(
      'tags/only/rss.xml cannot be written: its address is below that of a file',
    )
    expect(code).toBe(1)
  }
  rmSync(join(site.out, 'tags'))
  expect((await site.build()).code).toBe(0)
  await expectAsFromNothing(site)
})

it('takes two names that are one on this disk for a fault of theirs alone', async () => {
  const site = siteOf({
    'a.md': story('One', '[x](A.pdf) [y](a.pdf)'),
    'A.pdf': '%PDF-1.4 A',
    'a.pdf': '%PDF-1.4 a',
  })
  // As it looks on a disk where case does not count.
  mkdirSync(join(site.out, 'media'), { recursive: true })
  writeFileSync(join(site.out, 'media/a.pdf'), '%PDF-1.4 A')
  const { code, err } = await site.build()
  expect(err).toContain(
    'media/a.pdf cannot be written: on this disk it is one name with media/A.pdf',
  )
  expect(code).toBe(1)
  expect(existsSync(join(site.out, 'rss.xml'))).toBe(true)
})

it('gives up a picture in other sizes that cannot be made, and says so', async () => {
  const picture = await photograph(1600, 900).jpeg().toBuffer()
  const site = siteOf({ 'one.md': story('One', '![x](a.jpg)'), 'a.jpg': picture })
  writeFileSync(join(site.dataDir, 'pictures'), 'a file of others\n')
  const { code, err } = await site.build()
  expect(err).toContain('it could not be made for now; the next build tries again')
  expect(code).toBe(1)
  expect(existsSync(join(site.out, 'media/a.jpg'))).toBe(true)
  rmSync(join(site.dataDir, 'pictures'))
  expect((await site.build()).code).toBe(0)
  const made = join(site.out, 'fitted/a.jpg')
  expect(readdirSync(made).length).toBeGreaterThan(0)
  // What was made is not asked for again.
  rmSync(join(site.dataDir, 'pictures'), { recursive: true })
  expect((await site.build()).err).toContain(' 0 written')
  expect(existsSync(join(site.dataDir, 'pictures'))).toBe(false)
  // One that cannot be made of its new bytes stays as it was.
  const sizes = readdirSync(made)
  writeFileSync(join(site.dataDir, 'pictures'), 'a file of others\n')
  utimesSync(join(site.articlesDir, 'a.jpg'), new Date(), new Date(Date.now() - 60_000))
  expect((await site.build()).code).toBe(1)
  expect(readdirSync(made)).toEqual(sizes)
})
