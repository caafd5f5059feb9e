/** What is told of a picture that lies outside of the articles folder. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { namesIn } from '../../src/intake/file-names.ts'
import { readArticle } from '../../src/intake/read-article.ts'
import { temporaryFolder } from '../support/folder.ts'
import { markdownFile, readFile, readingSettings } from '../support/read.ts'

const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')

async function notesOf(articles: string, picture: string, matter = '') {
  const post = markdownFile(matter ? 'Text.' : 'Text. ![](/img/pier.gif)', matter)
  const site = temporaryFolder({ [`site/${articles}/posts/a.md`]: post, [picture]: gif })
  const root = join(site, 'site', articles)
  const settings = { ...readingSettings, root, files: namesIn(root) }
  const outcome = await readArticle({ path: 'posts/a.md' }, settings)
  if (outcome.kind !== 'article') throw new Error(`no article: ${JSON.stringify(outcome)}`)
  return outcome.notes.map(({ text }) => text.replace(site, ''))
}

const outside =
  '"/img/pier.gif" is not shown, since it lies outside of the articles folder; set ARTICLES_DIR to /site, which holds both'

describe('a picture outside of the articles folder', () => {
  it.each([
    ['content', 'site/static/img/pier.gif'],
    ['_posts', 'site/img/pier.gif'],
    ['src/content/blog', 'site/public/img/pier.gif'],
  ])('is told with the folder that holds %s and %s', async (articles, picture) => {
    expect(await notesOf(articles, picture)).toEqual([outside])
    expect(await notesOf(articles, picture, 'image: /img/pier.gif')).toEqual([outside])
  })

  it('is named as the file writes it, and not as its address has it', async () => {
    const post = markdownFile('Text. ![](<two thr\u00e9e.gif>)')
    const site = temporaryFolder({ 'articles/a.md': post })
    const root = join(site, 'articles')
    const outcome = await readArticle(
      { path: 'a.md' },
      { ...readingSettings, root, files: namesIn(root) },
    )
    expect(outcome).toMatchObject({
      notes: [
        { line: 6, text: '"two thr\u00e9e.gif" is not in the articles folder and is not shown' },
      ],
    })
  })

  it('is only missing where no folder near above holds it', async () => {
    const missing = '"/img/pier.gif" is not in the articles folder and is not shown'
    expect(await notesOf('content', 'site/other/pier.gif')).toEqual([missing])
    expect(await notesOf('a/b/c/content', 'site/static/img/pier.gif')).toEqual([missing])
  })
})

describe('a file that is there and of no use', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`
  const others = {
    'lfs.png': pointer,
    'lfs.mp4': pointer,
    'empty.png': '',
    'words.png': 'no picture',
    'scan.bmp': 'BM',
    'scan.tiff': 'II',
    'table.csv': 'a;b',
    'page.php': 'x',
    'a.js': 'x',
  }
  const ofKind = 'it is of a kind that browsers do not show; save it as PNG or JPEG'

  it.each([
    ['lfs.png', 'it only stands for a file that Git LFS has; run git lfs pull'],
    ['lfs.mp4', 'it only stands for a file that Git LFS has; run git lfs pull'],
    ['empty.png', 'it is empty'],
    ['words.png', 'it is no picture that can be read'],
    ['scan.bmp', ofKind],
    ['scan.tiff', ofKind],
    ['table.csv', 'it is no picture, recording or film'],
    ['page.php', 'it is of a kind that is not served'],
  ])('is told with what is wrong with it: %s', async (name, fault) => {
    const outcome = await readFile('a.md', markdownFile(`Text. ![](${name})`), others)
    const text = `"${name}" is not shown, since ${fault}`
    expect(outcome).toMatchObject({ notes: [{ line: 6, text }] })
  })

  it.each([
    ['a.js', 'is of a kind that is not served'],
    ['empty.png', 'is empty'],
    ['gone.js', 'is not there'],
  ])('is told of a link as well: %s', async (name, fault) => {
    const outcome = await readFile('a.md', markdownFile(`Text. [a](${name})`), others)
    expect(outcome).toMatchObject({ notes: [{ text: `it links to "${name}", which ${fault}` }] })
  })
})
