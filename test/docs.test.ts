/** What the docs name has to be there. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const docs = globSync(['*.md', 'docs/*.md', '{bench,test}/**/README.md'], { cwd: root })
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

test.each(docs)('%s names files and scripts that are there', (path) => {
  const text = readFileSync(join(root, path), 'utf8')
  const files = text.matchAll(/`((?:src|test|bench|docs|deploy|public)\/[\w./-]+)`/g)
  const links = text.matchAll(/\]\((?!\w+:)([^)#\s]+)/g)
  const missing = [
    ...[...files].map(([, file]) => join(root, String(file))),
    ...[...links].map(([, link]) => join(root, path, '..', String(link))),
  ].filter((file) => !existsSync(file))
  expect(missing).toEqual([])
  for (const [, name = ''] of text.matchAll(/npm run ([\w:-]+)/g))
    expect(scripts).toHaveProperty(name)
})
