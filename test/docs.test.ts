/** What the docs name has to be there. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const docs = globSync(['*.md', '{docs,examples}/**/*.md', '{bench,test}/**/README.md'], {
  cwd: root,
})
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Ids of its headings, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  const text = read(path).replace(/^```.*?^```/gms, '')
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/`/g, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test.each(docs)('%s names files, headings and scripts that are there', (path) => {
  const text = read(path)
  const files = text.matchAll(/`((?:src|test|bench|docs|deploy|public|examples)\/[\w./-]+)`/g)
  const prose = text.replace(/^```.*?^```|`[^`\n]+`(?!\])/gms, '')
  const links = [...prose.matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
  const missing = [
    ...[...files].map(([, file]) => join(root, String(file))),
    ...links.map(([, link = '']) => join(root, link ? join(path, '..', link) : path)),
  ].filter((file) => !existsSync(file))
  expect(missing).toEqual([])
  const nowhere = links.filter(([, link = '', anchor]) => {
    const linked = link ? join(dirname(path), link) : path
    return anchor && linked.endsWith('.md') && !anchorsOf(linked).includes(anchor)
  })
  expect(nowhere.map(([link]) => link)).toEqual([])
  for (const [, name = ''] of text.matchAll(/npm run ([\w:-]+)/g))
    expect(scripts).toHaveProperty(name)
})

test('every page of docs/ is in the list of them', () => {
  const linked = [...read('docs/README.md').matchAll(/\]\((?!\w+:)([^)#]+)/g)].map(([, to = '']) =>
    join('docs', to),
  )
  const pages = docs.filter((path) => path.startsWith('docs/') && path !== 'docs/README.md')
  expect(pages.filter((path) => !linked.includes(path))).toEqual([])
})

test('what only a clone has is said to be that, or a container’s', () => {
  const pages = docs.filter((path) => /^(?:README\.md|docs\/|examples\/)/.test(path))
  const parts = pages.flatMap((path) =>
    // A paragraph with the code below it, an item of a list, a row of a table.
    read(path)
      .split(/\n(?=[-|] )|\n\n(?!```)/)
      .filter((part) => /npm (?:run|start|ci)\b|node (?:src|bench)\//.test(part))
      .map((part) => `${path}: ${part}`),
  )
  expect(parts.length).toBeGreaterThan(9)
  expect(parts.filter((part) => !/clone|container|docker/i.test(part))).toEqual([])
})

test('README.md can be read in one go', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThan(120)
})
