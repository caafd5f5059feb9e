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

test.each([
  ['of which the half is missing', '{"uri": "urn:x:1", "versionCreated": "2026-04-1'],
  ['with a comma too few', '{"uri": "urn:x:1"\n"pubStatus": "usable"}'],
  ['with a comma too many', '{"uri": "urn:x:1", "body_html": "<p>x</p>",}'],
  ['with comments', '// from the wire\n{"uri": "urn:x:1", "bodies": [] /* none */}'],
  ['in UTF-16', Buffer.from('\ufeff{"uri": "urn:x:1", "pubStatus": "usable"', 'utf16le')],
  ['in capitals', '{"URI": "urn:x:1", "PubStatus": "usable"'],
  ['with broken characters', Buffer.from('{"uri": "\xc3\xa9\xc3", "pubstatus": 1}', 'latin1')],
])('what begins like a story of an agency, %s, is rejected', async (_name, content) => {
  expect(await readFile('a.json', content)).toMatchObject({ kind: 'rejected' })
})

test.each([
  ['a headline and a body of other names', '{"uri": "/a", "headline": "A", "body": "<p>B</p>"}'],
  ['a type of its own', '{"guid": "1", "type": "text", "headline": "A", "text": "B"}'],
  ['the words in its texts', '{"uri": "/a", "text": "versioncreated, pubstatus and bodies"}'],
  ['a version without an identity', '{"versionCreated": "2026-04-13", "headline": "A"}'],
])('data with %s stays data', async (_name, content) => {
  expect(await readFile('a.json', content)).toMatchObject({ kind: 'passed-over', isUsual: true })
})
