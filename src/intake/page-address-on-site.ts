/** Where readers find a page of a site that is no article, as its generator would have it. */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { attempt } from '../attempt.ts'
import { isSectionPage } from './file-path.ts'
import { needText } from './needs.ts'
import { isBesidePosts, isPage, pathOnSite } from './site-folders.ts'

/**
 * The address of a page that is passed over unless it states a date.
 * @param root the articles folder
 * @param path of the file that is meant, relative to it
 * @param written the link as its author wrote it: from the root it is kept
 * @returns from the root of the host; undefined for the file of an article
 */
export function pageAddress(root: string, path: string, written: string): string | undefined {
  if (!isSectionPage(path) && !isPage(root, path) && !isBesidePosts(root, path)) return undefined
  if (written.startsWith('/')) return written
  const [, name = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(written) ?? []
  return (statedIn(root, path) ?? computed(root, path, name)) + rest
}

const permalink = /^(?:permalink|url)[ \t]*[:=][ \t]*(["']?)(\/[^\s"':]*)\1[ \t]*$/m

/** What its front matter states. */
function statedIn(root: string, path: string): string | undefined {
  needText(root, path)
  const text = attempt(() => readFileSync(join(root, path), 'utf8')) ?? ''
  const [matter = ''] = /^(---|\+\+\+)\r?\n.*?\n\1/s.exec(text) ?? []
  return permalink.exec(matter)?.[2]
}

function computed(root: string, path: string, written: string): string {
  const { path: within, isFile } = pathOnSite(root, path)
  const folder = encodeURI(posix.join('/', posix.dirname(within), '/'))
  const name = posix.basename(within).replace(/\.[^.]*$/, '')
  if (name === 'index' || name === '_index') return folder
  // Whoever wrote the ending knows how the site has it.
  const isFolder = written.endsWith('/') || (!isFile && !/\.x?html?$/i.test(written))
  return folder + encodeURIComponent(name) + (isFolder ? '/' : '.html')
}
