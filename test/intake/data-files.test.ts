/** JSON that lies beside articles is no article, and nobody is told of it. */
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { namesIn } from '../../src/intake/file-names.ts'
import { walk } from '../../src/intake/folder.ts'
import { readArticle } from '../../src/intake/read-article.ts'
import { temporaryFolder } from '../support/folder.ts'
import { articleIn, markdownFile, readFile, readingSettings } from '../support/read.ts'

const marked = '"uri": "urn:x:1", "headline": "x"'

test.each([
  ['that is no JSON', '{"uri":'],
  ['that is empty', ''],
  ['of bytes', Buffer.from('{"uri": "versioncreated"\0\xff}', 'latin1')],
  ['in UTF-8 that is broken', Buffer.from('{"uri": "\xc3\xa9\xc3", "headline": 1}', 'latin1')],
  ['of a larger size than any article', `{"a": "${'a'.repeat(11 * 1024 * 1024)}"}`],
  ['whose members have the names of a prototype', `{"__proto__": {${marked}}, "constructor": 1}`],
  ['of a list of numbers', '[1, 2, "uri", "headline"]'],
])('a file %s is passed over as usual', async (_name, content) => {
  expect(await readFile('data.json', content)).toMatchObject({
    kind: 'passed-over',
    isUsual: true,
  })
})

test('so is what lies among packages, and a link that leads nowhere', async () => {
  expect(await readFile('node_modules/a/package.json', '{}')).toMatchObject({ isUsual: true })
  const root = temporaryFolder()
  symlinkSync('nowhere.json', join(root, 'a.json'))
  const [found] = [...walk(root)]
  if (!found) throw new Error('the link was not found')
  const settings = { ...readingSettings, root, files: namesIn(root) }
  expect(await readArticle(found, settings)).toMatchObject({ kind: 'passed-over', isUsual: true })
})

test('a link by a name or without an ending never means it', async () => {
  const others = { 'second.json': '{}', 'z/second.md': markdownFile(), 'second.md': markdownFile() }
  const { content } = articleIn(
    await readFile('a.md', markdownFile('[one](second) [[second]]'), others),
  )
  expect(content).not.toContain('second.json')
  expect(content.match(/second\.md/g)).toHaveLength(2)
})
