/** Addresses of the site's own, as its configuration has them. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ownAddressOf, withinSite } from '../../src/intake/own-address.ts'
import type { Files } from '../support/folder.ts'
import { articleIn, markdownFile, readFile } from '../support/read.ts'

const png = readFileSync(fileURLToPath(new URL('../cases/feeds/img/pier.png', import.meta.url)))
const jekyll = 'url: https://harbour.example\nbaseurl: /news\n'

async function read(body: string, files: Files = {}, name = '_posts/2026-04-13-a.md') {
  const others = {
    '_config.yml': jekyll,
    'assets/pier.png': png,
    'about.md': '---\ntitle: About\n---\nWe.\n',
    ...files,
  }
  const outcome = await readFile(name, markdownFile(body), others)
  const notes = outcome.kind === 'article' ? (outcome.notes ?? []) : []
  return { html: articleIn(outcome).content, notes: notes.map(({ text }) => text) }
}

const served = 'src="/media/assets/pier.png"'

test.each([
  ['![p]({{ site.baseurl }}/assets/pier.png)', served],
  ['![p]({{ site.url }}{{ site.baseurl }}/assets/pier.png)', served],
  ['![p]({{ "/assets/pier.png" | absolute_url }})', served],
  ['![p](https://harbour.example/news/assets/pier.png)', served],
  ['<img src="//harbour.example/news/assets/pier.png" alt="p">', served],
  ['![p](/news/assets/pier.png)', served],
  ['![p]({% link assets/pier.png %})', served],
  ['[p](https://harbour.example/news/assets/pier.png)', 'href="/media/assets/pier.png"'],
  ['[a]({{ site.baseurl }}/about/)', ';page=%2Fnews%2Fabout%2F'],
  ['[a]({{ "about/" | relative_url }})', ';page=%2Fnews%2Fabout%2F'],
  ['[a]({% link about.md %})', ';page=%2Fnews%2Fabout'],
  ['[a]({{ site.baseurl }}{% link about.md %})', ';page=%2Fnews%2Fabout'],
  ['[h]({{ site.baseurl }}/)', 'href="/news/"'],
])('%s leads to %s', async (body, address) => {
  const { html, notes } = await read(body)
  expect(html).toContain(address)
  expect(notes).toEqual([])
})

test.each([
  ['https://harbour.example/assets/pier.png'],
  ['https://other.example/news/assets/pier.png'],
  ['https://harbour.example/newsroom/assets/pier.png'],
  ['https://harbour.example/news/assets/gone.png'],
])('%s stays as it is written', async (address) => {
  expect((await read(`![p](${address})`)).html).toContain(`src="${address}"`)
})

test("is what Hugo's configuration says as well", async () => {
  const files = {
    'hugo.toml': 'baseURL = "https://harbour.example/news/"\n',
    'static/pier.png': png,
  }
  const text = markdownFile('![p](https://harbour.example/news/pier.png)')
  const { content } = articleIn(await readFile('content/posts/a.md', text, files))
  expect(content).toContain('src="/media/static/pier.png"')
})

test('is read from what is stated', () => {
  expect(ownAddressOf('https://a.example/', undefined)).toEqual({ host: 'a.example', path: '' })
  expect(ownAddressOf('', 'news/')).toEqual({ host: '', path: '/news' })
  expect(ownAddressOf(undefined, 'https://A.example/news/')).toEqual({
    host: 'a.example',
    path: '/news',
  })
  expect(ownAddressOf('', '/')).toBeUndefined()
  expect(withinSite('a.png', { host: 'a.example', path: '' })).toBeUndefined()
})

test('values that only the site knows are left out of its posts, and told', async () => {
  const { html, notes } = await read('By {{ ship }} and {{ ships[0].name | upcase }}, `{{ x }}`.')
  expect(html).toBe('<p>By  and , <code>{{ x }}</code>.</p>')
  expect(notes.join()).toContain('"{{ ship }}", "{{ ships[0].name | upcase }}"')
})

test.each([
  ['that are not of Jekyll', 'content/posts/a.md', ''],
  ['that Liquid does not read', '_posts/2026-04-13-a.md', 'render_with_liquid: false\n'],
])('texts %s keep what looks like a value', async (_what, name, front) => {
  const file = markdownFile('By {{ ship }}.').replace(/^---\n/, `---\n${front}`)
  expect(articleIn(await readFile(name, file)).content).toContain('By {{ ship }}.')
})
