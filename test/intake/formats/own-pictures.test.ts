/** Pictures that a site names in its own ways, in includes, tags and front matter. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { articleIn, markdownFile, readFile } from '../../support/read.ts'

const png = readFileSync(join(import.meta.dirname, '../../cases/markdown/images/lead.png'))
const name = 'source/_posts/crane.md'
const pictures = {
  'source/_posts/crane/hook.png': png,
  'assets/img/blog/pier.png': png,
}
const read = async (body: string, matter = '') =>
  articleIn(await readFile(name, markdownFile(body, matter), pictures))

const hook = '/media/source/_posts/crane/hook.png'
const pier = '/media/assets/img/blog/pier.png'

test.each([
  [
    '{% include figure.html path="blog/pier.png" alt="Pier" url="https://a.example/" %}',
    `<a href="https://a.example/"><img src="${pier}" alt="Pier"`,
  ],
  [
    '{% include figure.html url="https://a.example/" name="blog/pier.png" %}',
    `<a href="https://a.example/"><img src="${pier}"`,
  ],
  ['{% include zoom.html image="blog/pier.png" %}', `<img src="${pier}"`],
  ['{% harbourImage800 hook hook.png max-800 %}', `<img src="${hook}"`],
  ['{% HarbourImageAlt "The old hook" hook.png %}', `<img src="${hook}" alt="The old hook"`],
  ['{% asset_img hook.png %}', `<img src="${hook}"`],
])('%s shows the picture', async (body, html) => {
  expect((await read(`Words.\n\n${body}\n`)).content).toContain(html)
})

test.each([
  ['bgImage: hook.png', hook],
  ['thumbnail_path: blog/pier.png', pier],
  ['header_picture: hook.png\nimage: blog/pier.png', pier],
])('%s states the lead picture', async (matter, url) => {
  expect((await read('Words.', matter)).image?.url).toBe(url)
})

test.each(['author_image: hook.png', 'bgImage: dark blue', 'logo_image: hook.png'])(
  '%s states none',
  async (matter) => {
    expect((await read('Words.', matter)).image).toBeUndefined()
  },
)

test.each([
  ['cover.png', '', '/media/news/crane/cover.png'],
  ['Featured one.png', '', '/media/news/crane/Featured%20one.png'],
  [
    'x.png',
    'resources:\n- name: file\n  src: y.pdf\n- name: hero\n  src: x.png',
    '/media/news/crane/x.png',
  ],
  ['cover.png', 'image: false', undefined],
  ['x.png', '', undefined],
])(
  '%s in the folder of an article with "%s" is its lead picture or not',
  async (file, matter, url) => {
    const files = { [`news/crane/${file}`]: png }
    const read = await readFile('news/crane/index.md', markdownFile('Words.', matter), files)
    expect(articleIn(read).image?.url).toBe(url)
  },
)
