/** What an article names of its site: files of its templates and values of its configuration. */
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { namesIn } from '../../../src/intake/file-names.ts'
import { readArticle } from '../../../src/intake/read-article.ts'
import { type Files, temporaryFolder } from '../../support/folder.ts'
import { articleIn, markdownFile, readFile, readingSettings } from '../../support/read.ts'

const read = async (body: string, others: Files, name = 'site/_posts/2026-04-13-a.md') => {
  const outcome = await readFile(name, markdownFile(body), others)
  return {
    html: articleIn(outcome).content,
    notes: outcome.kind === 'article' ? outcome.notes : [],
  }
}

test.each([
  [
    '{% include harbour.md %}',
    'site/_includes/harbour.md',
    'The *old* pier.',
    '<p>The <em>old</em> pier.</p>',
  ],
  [
    'At {% include place.html %} now.',
    'site/_includes/place.html',
    '<b>Pier 2</b>\n',
    '<p>At <b>Pier 2</b> now.</p>',
  ],
  ['{% include_relative parts/a.md %}', 'site/_posts/parts/a.md', 'Below.', '<p>Below.</p>'],
  [
    '{% include ship.md name="Gull" %}',
    '_includes/ship.md',
    'The {{ include.name }}{{ include.more }}.',
    '<p>The Gull.</p>',
  ],
  [
    '{% include box.html %}',
    'site/_includes/box.html',
    '<div>\n\n    <p>In it.</p>\n\n</div>',
    '<p>In it.</p>',
  ],
  [
    'By {{< mark >}}.',
    'site/layouts/shortcodes/mark.html',
    '<span class="m">Tide 7</span>',
    '<p>By Tide 7.</p>',
  ],
  [
    'By {{< ship "Gull" >}}.',
    'site/layouts/shortcodes/ship.html',
    '<i>{{ .Get 0 }}</i>',
    '<p>By <i>Gull</i>.</p>',
  ],
  [
    'By {{ ship(name="Gull") }}.',
    'site/templates/shortcodes/ship.html',
    '<i>{{ name }}</i>',
    '<p>By <i>Gull</i>.</p>',
  ],
  [
    'See [it][pier].\n\n{% include links.md %}',
    '_includes/links.md',
    '{% comment %}x{% endcomment %}\n[pier]: /pier/',
    '<p>See <a href="/pier/">it</a>.</p>',
  ],
  [
    'See [it][pier].\n\n{% include links.md %}',
    '_includes/links.md',
    '[pier]: /pier/\n{% for a in b %}\n[it]: /no/\n{% endfor %}',
    '<p>See <a href="/pier/">it</a>.</p>',
  ],
])('%s is what the file says', async (body, path, text, html) => {
  const { html: shown, notes } = await read(body, { [path]: text })
  expect(shown.replace(/<\/?div>\s*/g, '').trim()).toBe(html)
  expect(notes).toEqual([])
})

test.each([
  ['{% include out.md %}', 'site/_includes/out.md', '{% if a %}Not known.{% endif %}'],
  [
    '{% include form.html %}',
    'site/_includes/form.html',
    '<form>Your mail <input name="a"></form>',
  ],
  ['{% include ../secret.md %}', 'site/secret.md', 'Secret'],
  ['{% include .secret.md %}', 'site/_includes/.secret.md', 'Secret'],
  ['{% include long.md %}', 'site/_includes/long.md', 'Secret '.repeat(20_000)],
  ['{{< loop >}}', 'site/layouts/shortcodes/loop.html', '{{ range .Site.Pages }}Page{{ end }}'],
])('%s is left out with a note', async (body, path, text) => {
  const { html, notes } = await read(`Words.\n\n${body}\n`, { [path]: text })
  expect(html.trim()).toBe('<p>Words.</p>')
  expect(notes).toHaveLength(1)
})

test('a link in place of a part of the site is not followed', async () => {
  const name = '_posts/2026-04-13-a.md'
  const root = temporaryFolder({
    [name]: markdownFile('Words.\n\n{% include a.md %}'),
    'b.md': 'Not here.',
    '_includes/b.md': 'x',
  })
  symlinkSync(join(root, 'b.md'), join(root, '_includes/a.md'))
  const outcome = await readArticle(
    { path: name },
    { ...readingSettings, root, files: namesIn(root) },
  )
  expect(articleIn(outcome).content.trim()).toBe('<p>Words.</p>')
})

test('values of the configuration and of the front matter are shown', async () => {
  const { html } = await read(
    'Block {{ site.block }} at {{ site.harbour.name }} of {{ page.berth }}; {{ site.unknown }}.',
    {
      'site/_config.yml': 'block: "709,632" # a number\nharbour:\n  name: Kar\u0131n\nlist: [a]\n',
    },
  )
  expect(html).toBe('<p>Block 709,632 at Kar\u0131n of ; .</p>')
  const hugo = await read(
    'Call {{< param phone >}}.',
    { 'hugo.toml': '[params]\nphone = "0212"\n' },
    'content/posts/a.md',
  )
  expect(hugo.html).toBe('<p>Call 0212.</p>')
})

test('parts that name each other end, and many of them stay small', async () => {
  const bomb = '{% include a.md %}\n'.repeat(1000)
  const begin = performance.now()
  const outcome = await readFile('_posts/2026-04-13-a.md', markdownFile(`Words.\n\n${bomb}`), {
    '_includes/a.md': `${'{% include b.md %}\n'.repeat(1000)}`,
    '_includes/b.md': `${'word '.repeat(5000)}{% include a.md %}`,
  })
  expect(performance.now() - begin).toBeLessThan(3000)
  expect(articleIn(outcome).content.length).toBeLessThan(200_000)
})

test('definitions of a part stand once, however often it is named', async () => {
  const definitions = Array.from(
    { length: 1500 },
    (_, at) => `[p${at}]: https://a.example/${at}`,
  ).join('\n')
  const outcome = await readFile(
    '_posts/2026-04-13-a.md',
    markdownFile(`See [p7].\n\n${'{% include a.md %}\n'.repeat(1000)}`),
    {
      '_includes/a.md': `${definitions}\n{% for a in b %}{% endfor %}`,
    },
  )
  expect(articleIn(outcome).content).toContain('<a href="https://a.example/7">p7</a>')
})

test('references to what a program of the site defines are their words', async () => {
  const body =
    'The [*old* pier][topic pier], [Crane #7][] and rows[a][b], [no][x](y).\n\n{% include topics.md %}'
  const { html } = await read(body, {
    '_includes/topics.md': '{% for a in b %}[topic {{ a }}]: /x/{% endfor %}',
  })
  expect(html.trim()).toBe('<p>The <em>old</em> pier, Crane #7 and rows[a][b], no(y).</p>')
  expect((await read('The [old pier][topic pier].', {})).html).toContain('[old pier][topic pier]')
})

test('questions and answers that are given to an include over many lines are shown', async () => {
  const long = 'and so on '.repeat(400)
  const body = `{% include answers.md\n\n  q0="Who *called*?"\n  a0="The gulls,\n  ${long}"\n  a0link="https://a.example/1"\n%}`
  const { html } = await read(body, {})
  expect(html).toContain('<p><strong>Who <em>called</em>?</strong></p>')
  expect(html).toContain('<a href="https://a.example/1">a.example/1</a></p>')
  expect(html).not.toMatch(/a0|%}/)
})

test('an include that is no text is not shown, and a note says so', async () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')
  const { html, notes } = await read('{% include pier.md %} Text.', { '_includes/pier.md': png })
  expect(html).toBe('<p>Text.</p>')
  expect(notes).toHaveLength(1)
})
