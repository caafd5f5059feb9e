/** The command `build` where it cannot do what it is told, and while it does. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { siteOf } from '../support/built.ts'
import { runNewsstand } from '../support/newsstand.ts'
import { limited } from '../support/program.ts'

const story = (title: string, text = 'Text.') =>
  `---\ntitle: ${title}\nslug: ${title.toLowerCase()}\ndate: 2026-01-01\n---\n\n${text}\n`
const many = (text: string) =>
  Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`${n}.md`, story(`Story${n}`, text)]))

it('ends where articles cannot be kept, and writes nothing', async () => {
  const site = siteOf(many('Words. '.repeat(500)))
  // In blocks of 512 bytes: a file may not grow beyond, as on a full disk.
  const { code, err } = await site.build(limited('-f 600'))
  expect(code).toBe(1)
  expect(err).toContain('newsstand: Nothing was written. The last refresh failed: ')
  expect(err).toContain('make sure that the disk of DATA_DIR works and has room')
  expect(readdirSync(site.out)).toEqual([])
})

it('says what to do where what was written before is not known any more', async () => {
  const site = siteOf({ 'one.md': story('One') })
  await site.build()
  const [name = ''] = readdirSync(join(site.dataDir, 'builds'))
  const ledger = join(site.dataDir, 'builds', name)
  writeFileSync(ledger, 'Not a database')
  const { code, err } = await site.build()
  expect(code).toBe(1)
  expect(err).toContain(`newsstand: ${ledger} cannot be used: `)
  expect(err).toContain('remove both, and everything is written anew')
  expect(err).not.toMatch(/^\s+at /m)
})

it('says when a configuration that was printed is outdated, until it is printed anew', async () => {
  const site = siteOf({ 'one.md': story('One'), 'two.md': story('Two') })
  const outdated =
    /^The configuration for nginx is another than when it was printed: print it anew \(--print nginx\)/m
  const print = () => runNewsstand([...site.args, '--print', 'nginx'], site.env, site.dataDir)
  expect((await site.build()).err).not.toContain('configuration')
  expect((await print()).err).not.toContain('configuration')
  writeFileSync(join(site.articlesDir, 'three.md'), story('Three'))
  expect((await site.build()).err).not.toContain('configuration')
  writeFileSync(join(site.articlesDir, 'one.md'), story('One').replace('slug: one', 'slug: first'))
  for (let n = 0; n < 2; n += 1) expect((await site.build()).err).toMatch(outdated)
  expect((await print()).err).not.toContain('configuration')
  expect((await site.build()).err).not.toContain('configuration')
})
