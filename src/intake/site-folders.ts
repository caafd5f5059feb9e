/** What lies in the folder of a site beside its articles: what makes the site, and pages that are none of its posts. */
import { readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { attempt } from '../attempt.ts'
import { wordSet } from '../text.ts'
import { dateOfPath } from './file-path.ts'

/** Jekyll and Hexo know an article by the folder it lies in; all else is a page. */
const withPosts = ['_posts', '_config.yml', '_config.yaml', '_config.toml']

/** By these the folder of a site is known: Hugo, Zola, Quartz, Pelican, Eleventy, Astro. */
const configs = [
  ...withPosts,
  ...['hugo.json', 'config/_default', 'quartz.config.ts', 'pelicanconf.py', '.eleventy.js'],
  ...['hugo', 'config'].flatMap((name) =>
    ['toml', 'yaml', 'yml'].map((ending) => `${name}.${ending}`),
  ),
  ...['eleventy', 'astro'].flatMap((name) =>
    ['js', 'mjs', 'cjs', 'ts'].map((ending) => `${name}.config.${ending}`),
  ),
]

/** Folders of such a site that hold templates, and the posts of a theme's example. */
const templateFolders = wordSet('archetypes layouts themes scaffolds')

/** Folders of files for its templates, or that are served as they are; some keep their posts there too. */
const otherFolders = wordSet('templates sass static public resources data i18n quartz')

const docsFolder = new Set(['docs'])

const anyFolder = new RegExp(
  `(?:^|/)(?:${[...templateFolders, ...otherFolders, ...docsFolder].join('|')})/`,
)

/**
 * Whether a file lies in a folder of templates or the like, which the configuration of a site beside it tells.
 * @param root the articles folder; no file in it is looked for unless a folder has such a name
 * @param path relative to it
 */
export function makesSite(root: string, path: string): boolean {
  // Nearly all lie in folders of other names.
  if (!anyFolder.test(path)) return false
  if (liesIn(templateFolders, root, path)) return true
  if (liesIn(otherFolders, root, path) && !isWritten(path)) return true
  return liesIn(docsFolder, root, path, ['quartz.config.ts'])
}

/** As nobody generates pages. */
const isWritten = (path: string) => /\.(?:md|markdown|txt)$/i.test(path)

function liesIn(names: ReadonlySet<string>, root: string, path: string, beside = configs): boolean {
  const folders = path.split('/').slice(0, -1)
  const isBeside = (depth: number) => has(join(root, ...folders.slice(0, depth)), beside)
  return folders.some((name, depth) => names.has(name) && isBeside(depth))
}

/**
 * Whether a file without a date is a page of a site and none of its posts.
 * @param root the articles folder
 * @param path relative to it
 */
export function isPage(root: string, path: string): boolean {
  if (dateOfPath(path) !== undefined) return false
  const folder = posix.dirname(path)
  if (liesIn(otherFolders, root, path)) return true
  const beside = [...configs, 'package.json']
  if (isNamedAsPage(posix.basename(path)) || has(join(root, folder), beside)) return true
  const folders = folder === '.' ? [] : folder.split('/')
  if (folders.includes('_posts') || folders.includes('_drafts')) return false
  return [...folders, ''].some((_, depth) => has(join(root, ...folders.slice(0, depth)), withPosts))
}

/** These know no posts but by their folders, and have pages beside them: Hugo, Zola, Eleventy, Astro. */
const withSections = configs.filter((name) =>
  /^(?:hugo|config|eleventy|astro|\.eleventy)\b/.test(name),
)

/** What the folders of pages and posts lie in, from the root of such a site. */
const ofContent = /^(?:(?:content|src|src\/content|app|site)\/)?/

/** Where each language has a folder. */
const ofLanguage = /^[a-z]{2}(?:-[a-z]{2})?\//i

const postFolders = ['posts', 'post', 'blog', 'news', 'articles']

/** What stands beside the posts in nearly every site, by the word that its name begins with. */
const pageNames =
  /^(?:about|archives?|authors?|colophon|contact|cv|faq|home|impressum|imprint|index|license|links|now|privacy|projects|resume|search|tags|terms|uses)\b/i

/**
 * Whether a file without a date is no news where it lies: a page of such a site, beside the folders of its posts or in one for pages.
 * @param root the articles folder
 * @param path relative to it
 */
export function isBesidePosts(root: string, path: string): boolean {
  if (dateOfPath(path) !== undefined) return false
  const folders = path.split('/').slice(0, -1)
  return [...folders, ''].some((_, depth) => {
    const site = join(root, ...folders.slice(0, depth))
    const below = folders.slice(depth).map((one) => `${one}/`)
    const content = ofContent.exec(below.join(''))?.[0] ?? ''
    const within = below.join('').slice(content.length).replace(ofLanguage, '')
    const name = posix.basename(path)
    const isCalledSo = pageNames.test(within) || pageNames.test(name)
    if (/^pages?\//.test(within)) {
      return (!isOfPosts(within) || pageNames.test(name)) && has(site, withSections)
    }
    // `about/index.md` is the page `about.md` with a folder of its own.
    const isBeside = within === '' || (name.startsWith('index.') && pageNames.test(within))
    if (!isBeside || !has(site, withSections)) return false
    return isCalledSo || has(join(site, content), postFolders)
  })
}

/** Such as `pages/posts/`, where Astro's own tutorial has them. */
const isOfPosts = (within: string) => within.split('/').some((name) => postFolders.includes(name))

/**
 * The path that a page has in the site it is part of, without the folder of its content, and whether the generator makes a
 * file of it where nothing else is stated, as Jekyll and Hexo do.
 * @param root the articles folder, which may hold several sites
 * @param path relative to it
 */
export function pathOnSite(root: string, path: string): { path: string; isFile: boolean } {
  const folders = path.split('/').slice(0, -1)
  const sites = [...folders, ''].map((_, depth) => folders.slice(0, depth).join('/'))
  const site = sites.find((one) => has(join(root, one), configs)) ?? ''
  const within = posix.relative(site, path)
  return { path: within.replace(ofPages, ''), isFile: has(join(root, site), withPosts) }
}

/** What the folders of pages lie in, also of Astro and Hexo. */
const ofPages = /^(?:src\/(?:pages|content)|content|source|src|app|site)\//

/**
 * Whether a line that ends in Markdown is shown as one that ends, as Hexo does unless its configuration says otherwise.
 * @param root the articles folder, which may lie within the site
 * @param path relative to it
 */
export function breaksLines(root: string, path: string): boolean {
  const [, site] = /^(.*)\/source\/_(?:posts|drafts)\//.exec(posix.join(root, path)) ?? []
  // Octopress has its posts there too, and is Jekyll.
  if (site === undefined || has(`${site}/source`, ['_layouts', '_includes'])) return false
  const config = attempt(() => readFileSync(`${site}/_config.yml`, 'utf8')) ?? ''
  return !/^[ \t]+breaks:[ \t]*false\b/m.test(config)
}

/** So long is a page that only leads to another one at most. Bytes. */
const longestRedirect = 2048

/** Whether a page of HTML only leads to another one, as generators leave at former addresses. */
export function isRedirect(bytes: Buffer, path: string): boolean {
  if (bytes.length > longestRedirect || !/\.x?html?$/i.test(path)) return false
  const tags = bytes.toString().match(/<meta\s[^<>]*>/gi) ?? []
  return tags.some((tag) => /http-equiv\s*=\s*["']?refresh\b/i.test(tag) && /\burl\s*=/i.test(tag))
}

/** What hosts show for an address that is none, lists of pages, and feeds. */
const isNamedAsPage = (name: string) =>
  /^(?:404\..+|(?:sitemap|feed|atom|rss)\.(?:html?|xml))$/i.test(name)

const has = (folder: string, names: readonly string[]) =>
  names.some((name) => attempt(() => statSync(join(folder, name), { throwIfNoEntry: false })))
