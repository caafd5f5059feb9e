/** What intake says of a file that holds an article, for who gives that to a catalogue. */
import type { ArticleContent } from '../../src/article.ts'
import type { FileResult } from '../../src/intake/file-result.ts'

/** @param content where it says something else than the plainest article does */
export function articleFile(path: string, content: Partial<ArticleContent> = {}): FileResult {
  const title = path
  const all: ArticleContent = {
    ...{ title, content: `<p>${path}</p>`, published: '2024-03-04T00:00:00Z', language: 'en' },
    ...{ tags: [], authors: [], sources: [] },
    ...content,
  }
  const text = JSON.stringify(all)
  return {
    ...{ kind: 'article', path, signature: text, modified: Date.parse('2024-03-04T00:00:00Z') },
    ...{ size: text.length, hash: text, titleSlug: 'x', notes: [], content: all },
  }
}
