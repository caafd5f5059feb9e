/** What docs/pages.md promises to whoever writes a stylesheet for a site. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const table =
  /What a stylesheet may build on.*?\n\n(.*?)\n\n/s.exec(read('docs/pages.md'))?.[1] ?? ''
const promised = [...table.matchAll(/`(--|\.)([\w-]+)`/g)]
const style = read('public/style.css')
const templates = globSync('src/pages/templates/*.eta', {
  cwd: new URL('../../', import.meta.url),
}).map(read)

test.each(promised.map(([, mark, name]) => [mark, name]))(
  'the pages have %s%s, as is promised',
  (mark, name) => {
    if (mark === '--') expect(style).toContain(`  --${name}:`)
    else expect(templates.join()).toMatch(new RegExp(`class="[^"]*\\b${name}\\b[^"]*"`))
  },
)

test('all custom properties of the stylesheet are promised', () => {
  const root = /:root \{(.*?)\n\}/s.exec(style)?.[1] ?? ''
  const names = [...root.matchAll(/--([\w-]+):/g)].map(([, name]) => name)
  const told = promised.filter(([, mark]) => mark === '--').map(([, , name]) => name)
  expect(told.toSorted()).toEqual(names.toSorted())
})
