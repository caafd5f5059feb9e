/** The commands in docs, run one after the other in a folder of the page's own, as who reads them would. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { compileInto } from './support/compiled.ts'
import { type Files, temporaryFolder, writeInto } from './support/folder.ts'
import { ask } from './support/http.ts'
import { end, freePort } from './support/program.ts'
import { until } from './support/until.ts'

const root = join(import.meta.dirname, '..')
const pages = globSync(['docs/start.md', 'docs/for-*.md', 'docs/how-to/*.md'], { cwd: root }).sort()
const fences = /^```(\S*)(?: ([^\n]+))?\n(.*?)^```$/gms

interface Block {
  readonly language: string
  /** `by hand`, or the name of the file that it is. */
  readonly says: string
  readonly text: string
}

const blocksOf = (page: string): Block[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(fences)].map(
    ([, language = '', says = '', text = '']) => ({ language, says, text }),
  )

/** As `newsstand`: what ends is waited for; what serves goes on, once it does. */
const newsstand = `#!/bin/sh
case "$1" in check | init | doctor) exec "$NODE" "$START" "$@" ;; esac
pwd >"$RUN/cwd"
: >"$RUN/log"
"$NODE" "$START" "$@" >"$RUN/log" 2>&1 &
echo $! >"$RUN/pid"
until grep -q 'Newsstand serves' "$RUN/log"; do
  kill -0 "$(cat "$RUN/pid")" || { cat "$RUN/log"; exit 1; }
  sleep 0.05
done
`
/** As `systemctl`, for the one that was started last. */
const systemctl = `#!/bin/sh
if [ "$1" = start ]; then cd "$(cat "$RUN/cwd")" && exec newsstand; fi
kill "$(cat "$RUN/pid")"
while kill -0 "$(cat "$RUN/pid")" 2>/dev/null; do sleep 0.05; done
`

/** Runs what a page has, in its order, in a folder that has some files. @returns what it printed */
async function run(page: string, files: Files, before = ''): Promise<{ cwd: string; out: string }> {
  const [port, adminPort] = [String(await freePort()), String(await freePort())]
  const cwd = temporaryFolder(files)
  const aside = temporaryFolder({ newsstand, systemctl })
  for (const name of ['newsstand', 'systemctl']) chmodSync(join(aside, name), 0o755)
  const here = (text: string) =>
    text
      .replaceAll('localhost:3000', `localhost:${port}`)
      .replaceAll('localhost:3001', `localhost:${adminPort}`)
  const script = [here(before)]
  for (const { language, says, text } of blocksOf(page)) {
    if (language !== 'sh' && says !== '') {
      script.push(
        `mkdir -p '${dirname(says)}'`,
        `cat >'${says}' <<'END OF FILE'\n${here(text)}END OF FILE`,
      )
    }
    if (language === 'sh' && says === '') script.push(here(text))
  }
  expect(script.length, `commands of ${page}`).toBeGreaterThan(1)
  const env = {
    PATH: [aside, dirname(process.execPath), process.env.PATH].join(':'),
    ...{ NODE: process.execPath, START: join(root, 'src/start.js'), RUN: aside },
    ...{ PORT: port, ADMIN_PORT: adminPort },
  }
  onTestFinished(() => {
    if (existsSync(join(aside, 'pid'))) spawnSync(join(aside, 'systemctl'), ['stop'], { env })
  })
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', script.join('\n')], {
    ...{ cwd, env, encoding: 'utf8', timeout: 50_000 },
  })
  expect(status, `${page}: ${stdout}${stderr}`).toBe(0)
  return { cwd, out: stdout }
}

const settings = JSON.stringify({
  PUBLISHER_NAME: 'Harbour News',
  SITE_ID: '5b0e2a5e-8a0c-4c7b-9d0f-3a1f0c2f7a11',
  DATA_DIR: './data',
})
const plain: Files = {
  'newsstand.config.json': settings,
  'articles/ferry.md': '---\ntitle: The ferry runs again\ndate: 2026-04-13\n---\nIt is back.\n',
  'articles/lamp.md': '---\ntitle: A new lamp\ndate: 2026-04-15\n---\nIt is brighter.\n',
}
const picture = readFileSync(join(root, 'public/icon-144.png'))

const tried = new Map<string, () => Promise<void>>()
/** @param what happens in it */
const page = (path: string, test: () => Promise<void>) => tried.set(path, test)

page('docs/start.md', async () => {
  const { out } = await run('docs/start.md', {})
  expect(out).toContain('articles/ferry.md: The ferry runs again')
  expect(out).toContain('All is well: 2 articles.')
})

const jekyll = (guid = ''): Files => ({
  '_config.yml': 'title: Harbour News\nurl: https://harbour.example\n',
  '_posts/2024-05-14-the-ferry-runs-again.md': `---\n${guid}layout: post\ntitle: "The ferry runs again"\ncategories: harbour\n---\nIt is back.\n`,
  'about.md': '---\ntitle: About\n---\nAbout us.\n',
})
const jekyllId = 'https://harbour.example/harbour/2024/05/14/the-ferry-runs-again'

page('docs/how-to/keep-ids.md', async () => {
  const entry = (title: string, id: string) =>
    `<entry><title type="html">${title}</title><published>2024-06-04T12:00:00Z</published><id>${id}</id></entry>`
  const { cwd, out } = await run('docs/how-to/keep-ids.md', {
    ...jekyll(),
    '_posts/2024-06-02-lamp.md': '+++\ntitle = "Jo\'s lamp & more"\n+++\nIt is brighter.\n',
    '_posts/2024-06-03-crane.md': '---\ntitle: The crane\nguid: kept\n---\nIt stands.\n',
    '_posts/2023-06-04-tide.md': '---\ntitle: Tide\n---\nIt was high.\n',
    '_posts/2024-06-04-tide.md': '---\ntitle: Tide\n---\nIt is high.\n',
    'newsstand.config.json': '{ "ARTICLES_DIR": ".", "DATA_DIR": ".newsstand" }',
    'feed.xml': `<feed><id>the feed's</id>${entry('The ferry runs again', jekyllId)}${entry('Jo’s lamp &amp; more', 'tag:lamp')}${entry('The crane', 'other')}${entry('Tide', 'tag:tide')}${entry('Tide', 'tag:tide')}${entry('Gone', 'gone')}</feed>`,
  })
  const read = (name: string) => readFileSync(join(cwd, '_posts', name), 'utf8')
  expect(read('2024-05-14-the-ferry-runs-again.md')).toMatch(`---\nguid: "${jekyllId}"\nlayout`)
  expect(read('2024-06-02-lamp.md')).toMatch('+++\nguid = "tag:lamp"\ntitle')
  expect(read('2024-06-03-crane.md')).not.toContain('other')
  expect(read('2024-06-04-tide.md')).toContain('guid: "tag:tide"')
  expect(read('2023-06-04-tide.md')).not.toContain('guid')
  expect(out).toContain('left alone (2 files have the title): Tide')
  expect(out).toContain('left alone (0 files have the title): Gone')
  expect(out).toContain('3 of 6 ids written')
  expect(out).toContain('All is well: 5 articles')
  for (const name of ['check.json', 'feed.xml', 'ids.mjs'])
    expect(existsSync(join(cwd, name)), name).toBe(false)
})

page('docs/how-to/move-from-jekyll.md', async () => {
  const { out } = await run('docs/how-to/move-from-jekyll.md', jekyll(`guid: ${jekyllId}\n`))
  expect(out).toContain('All is well: 1 article; 1 other passed over.')
})

page('docs/how-to/move-from-hugo.md', async () => {
  const { out } = await run('docs/how-to/move-from-hugo.md', {
    'hugo.toml': 'baseURL = "https://harbour.example/"\n',
    'content/posts/lamp.md':
      '---\ntitle: A new lamp\ndate: 2024-06-02\nslug: new-lamp\n---\nIt is brighter.\n',
    'layouts/_default/single.html': '{{ .Content }}',
  })
  expect(out).toContain('All is well: 1 article; 1 other passed over.')
})

page('docs/how-to/move-from-ghost.md', async () => {
  const post = (id: string, slug: string, more = {}) => ({
    ...{ id, slug, title: `On "${slug}"`, html: `<p>Of ${slug}.</p>`, type: 'post' },
    ...{ status: 'published', visibility: 'public', published_at: '2024-05-14T09:30:00.000Z' },
    ...more,
  })
  const ferry = post('664333f0a1b2c3d4e5f60718', 'the-ferry-runs-again', {
    html: '<p>It is back.</p>\n<pre>1\n\n  * 2</pre>\n\n    <img src="__GHOST_URL__/content/images/a.png" alt="A">',
    feature_image: '__GHOST_URL__/content/images/a.png',
  })
  const data = {
    posts: [
      ferry,
      post('2', 'a-new-lamp', { published_at: '2018-11-22 08:12:18', canonical_url: null }),
      post('3', 'for-members', { visibility: 'paid' }),
      post('4', 'about', { type: 'page' }),
    ],
    tags: [
      { id: 't', name: 'Harbour', visibility: 'public' },
      { id: 'i', name: '#import', visibility: 'internal' },
    ],
    posts_tags: [
      { post_id: ferry.id, tag_id: 'i', sort_order: 1 },
      { post_id: ferry.id, tag_id: 't', sort_order: 0 },
    ],
    users: [{ id: '1', name: 'Mira Onal' }],
    posts_authors: [{ post_id: ferry.id, author_id: '1', sort_order: 0 }],
    posts_meta: [{ post_id: ferry.id, feature_image_alt: 'The ferry' }],
  }
  const { cwd, out } = await run('docs/how-to/move-from-ghost.md', {
    'ghost.json': JSON.stringify({ db: [{ data }] }),
    'content/images/a.png': picture,
  })
  expect(out).toContain('3 files: 2 articles, 1 draft, 1 note.')
  expect(existsSync(join(cwd, 'ghost.json'))).toBe(true)
  const text = readFileSync(join(cwd, 'posts/the-ferry-runs-again.md'), 'utf8')
  expect(text).toContain('\ntags: ["Harbour"]\n')
  expect(text).toContain('\nauthors: ["Mira Onal"]\n')
  expect(text).toContain('<pre>1&#10;&#10;  * 2</pre>\n<img src="/content/images/a.png" alt="A">')
  const lamp = readFileSync(join(cwd, 'posts/a-new-lamp.md'), 'utf8')
  expect(lamp).toContain('\ndate: "2018-11-22T08:12:18.000Z"\n')
})

/** An item of an export file of WordPress. */
const item = (id: number, name: string, more: string) => `<item>
<title><![CDATA[On "${name}"]]></title>
<link>https://harbour.example/2024/05/${name}/</link>
<dc:creator><![CDATA[mira]]></dc:creator>
<guid isPermaLink="false">https://harbour.example/?post_type=post&#038;p=${id}</guid>
<content:encoded><![CDATA[<p>Text.</p>]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_date_gmt><![CDATA[2024-05-14 09:30:00]]></wp:post_date_gmt>
<wp:post_modified_gmt><![CDATA[2024-05-15 08:00:00]]></wp:post_modified_gmt>
<wp:post_name><![CDATA[${name}]]></wp:post_name>
<wp:post_type><![CDATA[post]]></wp:post_type>
${more}</item>`

page('docs/how-to/move-from-wordpress.md', async () => {
  const converted =
    '---\ntitle: "On it"\ndate: "2024-05-14"\ncoverImage: "a.png"\n---\n\nIts _text_.\n'
  const { cwd, out } = await run('docs/how-to/move-from-wordpress.md', {
    '_posts/2024-05-14-the-ferry-runs-again.md':
      "---\nid: 12\ntitle: 'The ferry runs again'\ndate: '2024-05-14T12:30:00+03:00'\nauthor: 'Mira Onal'\nlayout: post\n" +
      "guid: 'https://harbour.example/?p=12'\npermalink: /2024/05/the-ferry-runs-again/\n---\n\n" +
      'It is back. ![A](https://harbour.example/wp-content/uploads/a.png)\n',
    '_drafts/private.md':
      "---\nid: 15\ntitle: Private\ndate: '2024-05-15T12:30:00+03:00'\nlayout: post\nguid: 'https://harbour.example/?p=15'\n---\n\nNobody.\n",
    'about.md':
      "---\nid: 2\ntitle: About\ndate: '2020-05-15T12:30:00+03:00'\nlayout: page\n---\n\nAbout us.\n",
    '_config.yml': "name: 'Harbour News'\n",
    'wp-content/uploads/a.png': picture,
    'export.xml': `<rss><channel><wp:author><wp:author_login><![CDATA[mira]]></wp:author_login><wp:author_display_name><![CDATA[Mira Onal]]></wp:author_display_name></wp:author>
${item(30, 'quay', '<wp:status><![CDATA[publish]]></wp:status><category domain="category" nicename="harbour"><![CDATA[Harbour & lake]]></category>')}
${item(31, 'secret', '<wp:status><![CDATA[private]]></wp:status>')}</channel></rss>`,
    'posts/quay/index.md': converted,
    'posts/quay/images/a.png': picture,
    'posts/secret/index.md': converted,
  })
  expect(readFileSync(join(cwd, 'about.md'), 'utf8')).toMatch(/^---\nunlisted: true\n/)
  const quay = readFileSync(join(cwd, 'posts/quay/index.md'), 'utf8')
  expect(quay).toBe(`---
title: "On \\"quay\\""
date: "2024-05-14T09:30:00Z"
updated: "2024-05-15T08:00:00Z"
guid: "https://harbour.example/?post_type=post&p=30"
aliases: ["/2024/05/quay/"]
authors: ["Mira Onal"]
categories: ["Harbour & lake"]
tags: []
image: "images/a.png"
draft: false
---

Its _text_.
`)
  expect(out).toContain('posts/secret/index.md: draft, not published')
  expect(out).toContain('2 files: 1 article, 1 draft, 1 note.')
  expect(existsSync(join(cwd, 'export.xml'))).toBe(true)
})

page('docs/how-to/below-a-path.md', async () => {
  await run('docs/how-to/below-a-path.md', plain)
})

/** It serves, and knows what nobody else does: where a file was first seen. */
const serving = `newsstand
curl -sf http://localhost:3000/rss.xml >before.xml
mv articles/ferry.md articles/boat.md
curl -sf -X POST http://localhost:3001/refresh
`

page('docs/how-to/back-up-and-restore.md', async () => {
  const { cwd, out } = await run('docs/how-to/back-up-and-restore.md', plain, serving)
  const before = readFileSync(join(cwd, 'before.xml'), 'utf8')
  expect(before).toContain('<title>A new lamp</title>')
  expect(out).toContain(before)
})

page('docs/how-to/move-hosts.md', async () => {
  const site: Files = {
    ...plain,
    'newsstand.config.json': JSON.stringify({ ...JSON.parse(settings), LOGO: 'looks/logo.png' }),
    'looks/logo.png': picture,
  }
  const inSite = Object.entries(site).map(([path, content]) => [`site/${path}`, content])
  const files: Files = Object.fromEntries(inSite)
  const { cwd } = await run('docs/how-to/move-hosts.md', files, `cd site\n${serving}`)
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8')
  expect(read('new.xml')).toBe(read('site/before.xml'))
})

page('docs/how-to/own-looks.md', async () => {
  const { 'newsstand.config.json': _, ...articles } = plain
  await run('docs/how-to/own-looks.md', articles)
})

page('docs/how-to/metrics-in-containers.md', async () => {
  await run('docs/how-to/metrics-in-containers.md', plain, 'newsstand')
})

page('docs/for-developers.md', async () => {
  const port = await freePort()
  const [app = ''] = blocksOf('docs/for-developers.md')
    .filter(({ says }) => says === 'app.mjs')
    .map(({ text }) => text.replaceAll('8080', String(port)))
  const cwd = temporaryFolder({
    'app.mjs': app,
    'posts/ferry.md': plain['articles/ferry.md'] ?? '',
  })
  const modules = join(cwd, 'node_modules')
  mkdirSync(join(modules, 'newsstand'), { recursive: true })
  compileInto(join(modules, 'newsstand'))
  symlinkSync(join(root, 'node_modules/express'), join(modules, 'express'))
  const child = spawn(process.execPath, ['app.mjs'], { cwd, env: { PATH: process.env.PATH } })
  onTestFinished(async () => {
    await end(child, 'SIGKILL')
  })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const url = `http://localhost:${port}/news/rss.xml`
  const answer = () => ask(url).catch(() => undefined)
  await until(async () => (await answer())?.status === 200, 'the feed')
  expect((await answer())?.body.toString()).toContain('<title>The ferry runs again</title>')
  writeInto(cwd, 'posts/lamp.md', plain['articles/lamp.md'] ?? '')
  await until(() => printed.includes('published: A new lamp'), 'the event')
})

describe('what docs tell people to type', () => {
  for (const [path, test] of tried) it(`works: ${path}`, test, 60_000)

  it('is run above, but for what needs a network, a terminal or another machine', () => {
    const byHand: Record<string, number> = {}
    for (const path of pages) {
      const blocks = blocksOf(path)
      const shell = blocks.filter(({ language }) => language === 'sh')
      const hand = shell.filter(({ says }) => says === 'by hand')
      expect(shell.length === hand.length || tried.has(path), `${path} is run`).toBe(true)
      expect(
        blocks.filter(({ language }) => language === ''),
        `${path} says what is code`,
      ).toEqual([])
      if (hand.length > 0) byHand[path] = hand.length
    }
    expect(byHand).toEqual({
      'docs/for-developers.md': 2,
      'docs/for-operators.md': 1,
      'docs/how-to/metrics-in-containers.md': 1,
      'docs/how-to/move-from-wordpress.md': 1,
      'docs/start.md': 3,
    })
  })
})
