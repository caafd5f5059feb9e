/** What lies beside the articles in the folder of a site. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { namesIn } from '../../src/intake/file-names.ts'
import { readArticle } from '../../src/intake/read-article.ts'
import { temporaryFolder } from '../support/folder.ts'
import { articleIn, htmlFile, markdownFile, readFile, readingSettings } from '../support/read.ts'

const undated = '---\ntitle: The crane\n---\nText.\n'
const template = '<ul>{{ range .Pages }}<li>{{ .Title }}</li>{{ end }}</ul>'

describe.each([
  ['hugo.toml', 'layouts/list.html'],
  ['config.toml', 'templates/page.html'],
  ['config/_default/hugo.yaml', 'archetypes/default.md'],
  ['_config.yml', 'scaffolds/post.md'],
  ['pelicanconf.py', 'themes/plain/templates/base.html'],
  ['blog/config.toml', 'blog/static/verify.html'],
  ['quartz.config.ts', 'docs/plugins/latex.md'],
])('beside %s', (config, path) => {
  test(`${path} is no article, and is one without it`, async () => {
    const dated = markdownFile(template)
    const beside = await readFile(path, dated, { [config]: 'title: x' })
    expect(beside).toMatchObject({
      kind: 'passed-over',
      note: { text: 'part of what makes a site, and no article' },
    })
    expect((await readFile(path.replace(/html$/, 'md'), dated)).kind).toBe('article')
  })
})

describe('a file without a date', () => {
  test.each([
    ['about.md', '_config.yml'],
    ['docs/about.md', '_config.yml'],
    ['source/about/index.md', '_config.yml'],
    ['index.md', '_posts/2026-01-02-crane.md'],
    ['TODO.md', 'package.json'],
    ['public/crane/index.md', 'hugo.toml'],
    ['data/crane.md', '_config.yml'],
    ['content/about.md', 'hugo.toml'],
    ['content/page/about.md', 'config.toml'],
    ['site/content/about.md', 'site/config.toml'],
    ['src/pages/about.md', '.eleventy.js'],
    ['src/pages/help/mail.md', 'astro.config.mjs'],
    ['content/about-us.md', 'hugo.toml'],
    ['content/about/index.md', 'hugo.toml'],
    ['content/en/about.md', 'hugo.toml'],
    ['src/pages/posts/index.md', 'astro.config.mjs'],
  ])('is a page of the site: %s with %s', async (path, config) => {
    const outcome = await readFile(path, undated, { [config]: 'x' })
    expect(outcome).toMatchObject({
      kind: 'passed-over',
      note: { text: /unless it states a date/ },
    })
    expect((await readFile(path, undated)).kind).toBe('article')
    expect((await readFile(path, markdownFile(), { [config]: 'x' })).kind).toBe('article')
  })

  test.each([
    ['_posts/crane.md', '_config.yml'],
    ['news/_posts/crane.md', '_config.yml'],
    ['2026-01-02-crane.md', '_config.yml'],
    ['content/posts/crane.md', 'hugo.toml'],
    ['content/crane/index.md', 'config.toml'],
    ['content/notes/crane.md', 'quartz.config.ts'],
    ['content/crane.md', 'hugo.toml'],
    ['crane.md', 'blog/hugo.toml'],
    ['src/pages/posts/crane.md', 'astro.config.mjs'],
    ['src/pages/blog/2026/crane.md', 'astro.config.mjs'],
    ['src/crane.md', 'x'],
    ['notes/atom.md', 'x'],
  ])('may be an article: %s with %s', async (path, config) => {
    expect((await readFile(path, undated, { [config]: 'x' })).kind).toBe('article')
  })

  test('is a page beside the folder of posts, whatever its name', async () => {
    const others = { 'hugo.toml': 'x', 'content/posts/ferry.md': 'x' }
    expect((await readFile('content/crane.md', undated, others)).kind).toBe('passed-over')
  })

  test.each([
    ['search/index.md', 'layout: search'],
    ['content/archives.md', 'date: 2026-01-02\ntype: archives'],
    ['pages/map.md', 'layout: map'],
    ['index.md', 'tags: [a]'],
    ['_posts/2026-01-02-crane.md', 'redirect_to: /news/crane/'],
  ])('and without a text is filled by a theme, or leads elsewhere: %s', async (path, matter) => {
    const outcome = await readFile(path, `---\ntitle: x\n${matter}\n---\n\n`)
    expect(outcome).toMatchObject({ kind: 'passed-over', note: { text: /^a page without text/ } })
  })

  test.each([
    ['_posts/2026-01-02-crane.md', 'layout: post'],
    ['crane.md', 'layout: post\ndate: 2026-01-02'],
    ['crane/index.md', 'date: 2026-01-02'],
    ['crane.md', 'tags: [a]'],
  ])('and without a text may be an article that lacks it: %s, %j', async (path, matter) => {
    const outcome = await readFile(path, `---\ntitle: x\n${matter}\n---\n\n`)
    expect(outcome.kind).toBe('rejected')
  })

  test.each(['404.md', 'src/404.html', 'feed.xml', 'sitemap.html'])('%s is none', async (path) => {
    expect((await readFile(path, undated)).kind).toBe('passed-over')
    expect((await readFile(path, markdownFile())).kind).toBe('article')
  })

  test('is passed over with the reason where it cannot be one', async () => {
    const outcome = await readFile('index.html', template, { '_config.yml': 'x' })
    expect(outcome).toMatchObject({
      kind: 'passed-over',
      note: {
        text: 'a page of the site; as an article it would be rejected: the page has no title',
      },
    })
    expect((await readFile('index.html', template)).kind).toBe('rejected')
    for (const path of ['_posts/a.md', '2026-01-02-a.md']) {
      const post = await readFile(path, '---\ntitle: [\n---\n', { '_config.yml': 'x' })
      expect(post.kind, path).toBe('rejected')
    }
  })
})

describe('the end of a line', () => {
  const two = markdownFile('One\ntwo')
  const path = 'source/_posts/crane.md'

  test.each([
    ['in a post of Hexo', path, {}],
    ['in a post of Hexo with a configuration', path, { '_config.yml': 'title: x\n' }],
    ['below a folder', 'blog/source/_posts/2026/crane.md', {}],
  ])('is shown %s', async (_what, name, others) => {
    expect(articleIn(await readFile(name, two, others)).content).toBe('<p>One<br />\ntwo</p>')
  })

  test.each([
    ['elsewhere', 'content/_posts/crane.md', {}],
    ['in a post of Octopress', path, { 'source/_layouts/post.html': 'x' }],
    ['where the site says so', path, { '_config.yml': 'marked:\n  breaks: false\n' }],
  ])('is not shown %s', async (_what, name, others) => {
    expect(articleIn(await readFile(name, two, others)).content).toBe('<p>One\ntwo</p>')
  })

  test('is shown where the articles folder is that of the posts', async () => {
    const root = join(temporaryFolder({ [path]: two }), 'source/_posts')
    const settings = { ...readingSettings, root, files: namesIn(root) }
    const { content } = articleIn(await readArticle({ path: 'crane.md' }, settings))
    expect(content).toBe('<p>One<br />\ntwo</p>')
  })
})

test('a page that only leads to another one is passed over, and no story that leads on', async () => {
  const redirect =
    '<!doctype html><title>Harbour</title><meta content="0; url=/pier/" http-equiv="refresh"><p>Moved.</p>'
  expect(await readFile('harbour.html', redirect)).toMatchObject({
    kind: 'passed-over',
    note: { text: 'a page that leads to another one, and no article' },
  })
  const story = htmlFile(`<p>${'The first ferry in nine years tied up at noon. '.repeat(60)}</p>`)
  const leading = story.replace('<head>', '<head><meta http-equiv="refresh" content="900; url=/">')
  expect((await readFile('story.html', leading)).kind).toBe('article')
  expect((await readFile('opensearch.xml', '<a/>')).kind).toBe('passed-over')
})
