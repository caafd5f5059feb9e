/** What is made alike of every format: addresses, names, types and characters. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ArticleContent } from '../../src/article.ts'
import { readArticle } from '../../src/intake/read-article.ts'
import { temporaryFolder } from '../support/folder.ts'

async function read(
  name: string,
  text: string,
  others: Record<string, string | Buffer> = {},
): Promise<ArticleContent> {
  const root = temporaryFolder(others)
  writeFileSync(join(root, name), text)
  const publisher = { name: 'TRT World', url: 'https://www.trtworld.com/' }
  const settings = { root, language: 'en', timeZone: 'UTC', publisher, findTopics: () => [] }
  const outcome = await readArticle({ path: name }, settings)
  if (outcome.kind !== 'article') throw new Error(JSON.stringify(outcome))
  return outcome.content
}

const markdown = (matter: string, body = 'Text.') =>
  `---\ntitle: The headline\ndate: 2026-04-13\n${matter}\n---\n${body}\n`

/** A PNG of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkM9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('an address', () => {
  test('is a URI wherever a file states one', async () => {
    const article = await read(
      'a.md',
      markdown(
        'canonical: https://a.example/b|c\nimage: https://a.example/d|e.jpg\naudio: https://a.example/f|g.mp3\n' +
          'source: {name: Paper, url: "https://a.example/h|i"}',
        '[j](<https://a.example/k|l m%>) ![n](https://a.example/o|p.jpg) <a href="/q|r?s|t">u</a> ' +
          '<a href="mailto:v|w@a.example">x</a> <a href="tel:1|2">y</a> ' +
          '<video src="z|1.mp4" poster="z|2.jpg"></video>',
      ),
    )
    expect(article).toMatchObject({
      canonicalUrl: 'https://a.example/b%7Cc',
      image: { url: 'https://a.example/d%7Ce.jpg', type: 'image/jpeg' },
      audio: { url: 'https://a.example/f%7Cg.mp3' },
      publisher: { url: 'https://a.example/h%7Ci' },
    })
    const addresses = [...article.content.matchAll(/(?:href|src|poster)="([^"]*)"/g)]
    expect(addresses.map(([, address]) => address)).toEqual([
      'https://a.example/k%7Cl%20m%25',
      'https://a.example/o%7Cp.jpg',
      'https://a.example/q%7Cr?s%7Ct',
      'mailto:v%7Cw@a.example',
      'tel:1%7C2',
      'https://a.example/z%7C1.mp4',
      'https://a.example/z%7C2.jpg',
    ])
  })

  test.each(['a b.png', 'a%b.png', '100%.png', 'a#b.png', 'a?b.png', 'a|b.png', 'İzmir é.png'])(
    'of a picture beside the article is one, however it is named: %s',
    async (name) => {
      const url = `/media/${encodeURIComponent(name)}`
      const written = await read('a.md', markdown(`image: "${name}"`), { [name]: png })
      expect(written.image).toMatchObject({ url, type: 'image/png', width: 1 })
      const encoded = await read('a.md', markdown(`image: "${encodeURIComponent(name)}"`), {
        [name]: png,
      })
      expect(encoded.image).toMatchObject({ url })
      const inText = await read('a.md', markdown('', `![a](<${encodeURIComponent(name)}>)`), {
        [name]: png,
      })
      expect(inText.content).toContain(`src="${url}"`)
    },
  )
})
