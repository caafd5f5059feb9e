/** What is told of a picture that lies outside of the articles folder. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { namesIn } from '../../src/intake/file-names.ts'
import { readArticle } from '../../src/intake/read-article.ts'
import { temporaryFolder } from '../support/folder.ts'
import { markdownFile, readingSettings } from '../support/read.ts'

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
