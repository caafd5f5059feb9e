/** Files in which a site keeps the names of its authors. */
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { namesOfAuthors } from '../../../src/intake/formats/front-matter/author-names.ts'
import { cpuTime } from '../../support/cpu-time.ts'
import { type Files, temporaryFolder } from '../../support/folder.ts'
import { articleIn, markdownFile, readFile } from '../../support/read.ts'

async function authorOf(stated: string, others: Files) {
  const file = markdownFile('Text.', `author: ${stated}`)
  const { authors } = articleIn(await readFile('posts/a.md', file, others))
  return authors.map(({ name }) => name).join()
}

describe('a file of authors', () => {
  test.each([
    ['_data/authors.yml', 'jo:\n  name: Jo Lind\n'],
    ['_data/authors.yml', '# Who writes\n\n---\njo: Jo Lind\n'],
    ['_data/authors.yml', '# - [not a list]\n  # -\njo:\n  name: Jo Lind\n'],
    ['_data/authors.yml', '--- # all of them\n# first\n- id: jo\n  name: Jo Lind\n'],
    ['_data/authors.yml', '# first\r\n---\r\n- id: jo\r\n  name: Jo Lind\r\n'],
    ['_data/authors.json', '[\n{"id": "jo", "name": "Jo Lind"}\n]\n'],
    ['_data/authors.json', '{"jo": {"name": "Jo Lind"}}'],
    ['data/authors.toml', '[jo]\nname = "Jo Lind"\n'],
    ['_config.yml', 'title: Harbour\nauthors:\n  jo:\n    display_name: Jo Lind\n'],
  ])('%s of %j gives a key its name', async (path, content) => {
    expect(await authorOf('jo', { [path]: content })).toBe('Jo Lind')
  })

  test.each([
    ['an address', 'jo: https://jo.example/\n'],
    ['an address without a scheme', 'jo: www.jo.example\n'],
    ['a mail address', 'jo: jo@jo.example\n'],
    ['a sentence', 'jo: Writes about boats and those who mend them.\n'],
    ['many words', 'jo: Writes about boats and about those who mend them\n'],
    ['an office', 'jo:\n  title: Chief Editor\n'],
    ['a name of thousands of characters', `jo:\n  name: ${'Jo'.repeat(2500)}\n`],
    ['another key', 'ada: Ada Berg\n'],
  ])('with %s names nobody, and the key stays', async (_what, content) => {
    expect(await authorOf('jo', { '_data/authors.yml': content })).toBe('jo')
  })

  test.each([
    ['Jo Lind: https://jo.example/\n', 'Jo Lind'],
    ['Jo Lind: Chief Editor\n', 'Jo Lind'],
    ['Jo Lind:\n  title: Chief Editor\n', 'Jo Lind'],
    ['Jo Lind:\n  name: Johanna Lind\n', 'Johanna Lind'],
  ])('of %j leaves a byline that is a name, unless it states another', async (content, name) => {
    expect(await authorOf('Jo Lind', { '_data/authors.yml': content })).toBe(name)
  })

  test('is read anew when it has changed', async () => {
    const root = temporaryFolder({ '_data/authors.yml': 'jo: Jo Lind\n' })
    expect((await namesOfAuthors(root, 'a.md')).names.get('jo')).toBe('Jo Lind')
    writeFileSync(join(root, '_data/authors.yml'), 'jo: Johanna Lind\n')
    utimesSync(join(root, '_data/authors.yml'), 1, 1)
    expect((await namesOfAuthors(root, 'a.md')).names.get('jo')).toBe('Johanna Lind')
  })

  test('is read once for all articles, also beside others and where it names nobody', async () => {
    const useless = `a: [${'b, '.repeat(15_000)}]\n`
    const broken = 'a: "b\n'.repeat(8000)
    const root = temporaryFolder({
      '_data/authors.yml': useless,
      'data/authors.yml': broken,
      '_config.yml': useless,
      'authors.yml': 'jo: Jo Lind\n',
    })
    await namesOfAuthors(root, 'a.md')
    const start = cpuTime()
    for (let n = 0; n < 100; n += 1) await namesOfAuthors(root, `${n}.md`)
    expect(cpuTime() - start).toBeLessThan(500)
  })
})
