/**
 * The functions of the package, each of which loads what it takes when it is called first. So CommonJS can require the
 * package, a program that imports it starts no later, and an older Node, which cannot read the rest, is told.
 */
import type { Article } from './article.ts'
import type { Newsstand } from './embedded.ts'
import type { ReadFile } from './functions.ts'
import type { NewsstandOptions } from './options.ts'

const oldest = 24

/** @throws Error in a Node that is too old */
function checkNode(): void {
  const { node } = process.versions
  if (Number.parseInt(node, 10) >= oldest) return
  throw new Error(`this is Node.js ${node}, and Newsstand needs ${oldest} or newer.`)
}

/**
 * Opens a site. Done when there is something to serve: after a restart at once, else when the folder was read.
 * @throws ConfigError when an option cannot be used, and Error when files of ours cannot be loaded; nothing is left
 *   open then
 */
export async function createNewsstand(options: NewsstandOptions): Promise<Newsstand> {
  checkNode()
  const { open } = await import('./embedded.ts')
  return open(options)
}

/**
 * Reads one file as the server does. Whatever is wrong with it is a rejection.
 * @param path relative to the articles folder, with `/`; not out of it, and not hidden
 * @param content what is to lie there; without it the file is read
 * @returns the article as a server has it that knows no other
 * @throws ConfigError when an option, path or content cannot be used, or there is no folder to read from
 */
export async function readArticle(
  path: string,
  options: NewsstandOptions,
  content?: string | Uint8Array,
): Promise<ReadFile> {
  checkNode()
  const { read } = await import('./functions.ts')
  return read(path, options, content)
}

/**
 * Renders a feed of these articles, in this order.
 * @param fileName says the format: `rss.xml`, `atom.xml` or `feed.json`; the feed's address is that below the base address
 * @throws ConfigError when an option cannot be used, there is no such format, or something is no article
 */
export async function renderFeed(
  fileName: 'rss.xml' | 'atom.xml' | 'feed.json',
  articles: readonly Article[],
  options: NewsstandOptions,
): Promise<string> {
  checkNode()
  const { render } = await import('./functions.ts')
  return render(fileName, articles, options)
}
