/** What the path of a file says of its article, where the file itself does not. */
import { extname } from 'node:path'
import { isLanguage } from '../text.ts'
import { dayOf, isDate } from './stated-date.ts'

interface Parts {
  /** Of the folder of a bundle, else of the file; without extension and language. */
  readonly name: string
  /** Above it. */
  readonly folders: readonly string[]
  readonly isBundle: boolean
  /** As in `index.fr.md`. */
  readonly language?: string
}

function partsOf(path: string): Parts {
  const folders = path.split('/')
  const file = folders.pop() ?? ''
  const whole = file.slice(0, file.length - extname(file).length)
  const [, before, code = ''] = /^(.+)\.([a-z]{2}(?:-[A-Za-z]{2,4})?)$/.exec(whole) ?? []
  const language = before && isLanguage(code) ? code : undefined
  const name = language ? (before ?? '') : whole
  const folder = /^index$/i.test(name) ? folders.pop() : undefined
  return {
    name: folder ?? name,
    folders,
    isBundle: folder !== undefined,
    ...(language && { language }),
  }
}

/** `2026-01-02-title`, `2026_1_2 title`, `20260102-title`; also the day alone, and behind the sign of what is set aside. */
const datedName =
  /^_*(?:(\d{4})([-_.])(\d{1,2})\2(\d{1,2})|((?:19|20)\d{2})(\d{2})(\d{2}))(?:[-_. ]+(.*))?$/

/** A date before a name, as `YYYY-MM-DD`, and the name, which may be empty. */
export function datedNameOf(name: string): { date: string; rest: string } | undefined {
  const found = datedName.exec(name)
  if (!found) return undefined
  const [, year, , month, day, sameYear, sameMonth, sameDay, rest = ''] = found
  const date = year ? dayOf(year, month, day) : dayOf(sameYear, sameMonth, sameDay)
  return date ? { date, rest } : undefined
}

/** `title-2026-01-02`, in the same form as `datedNameOf`. A number behind a name may count anything. */
function dateBehindName(name: string): { date: string; rest: string } | undefined {
  const [, rest = '', year, , month, day] =
    /^(.*\p{L}.*?)[-_. ]+(\d{4})([-_.])(\d{1,2})\3(\d{1,2})$/u.exec(name) ?? []
  const date = year && dayOf(year, month, day)
  return date ? { date, rest } : undefined
}

/** A title for people: without date, with blanks for hyphens and underscores, and a capital. */
export function titleOfPath(path: string): string {
  const { name } = partsOf(path)
  const rest = datedNameOf(name)?.rest || dateBehindName(name)?.rest || name
  // Who writes blanks means hyphens as hyphens.
  const words = rest.includes(' ') ? rest : rest.replace(/[-_]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `YYYY-MM-DD`, of the name or of folders for year, month and day. A number before a name may count anything. */
export function dateOfPath(path: string): string | undefined {
  const { name, folders } = partsOf(path)
  const ofName = datedNameOf(name)
  if (ofName) return ofName.date
  const within = /(?:^|\/)(\d{4})\/(\d{1,2})\/(\d{1,2})$/.exec(folders.join('/'))
  if (within) return dayOf(within[1], within[2], within[3])
  const ofFolder = folders.find((folder) => /^\d{4}-\d{2}-\d{2}$/.test(folder) && isDate(folder))
  return ofFolder ?? dateBehindName(name)?.date
}

/** The name of the file, or of the folder of a page bundle; without extension and language. */
export const nameOfPath = (path: string): string => partsOf(path).name

/** The name of the folder of a page bundle (`crane/index.md`), which is its address; else undefined. */
export function bundleName(path: string): string | undefined {
  const { name, isBundle } = partsOf(path)
  return isBundle ? datedNameOf(name)?.rest || name : undefined
}

/** Of a translation (`index.fr.md`). */
export const languageOfPath = (path: string): string | undefined => partsOf(path).language

/** Whether it lies where Jekyll keeps what is not published yet. */
export const isInDrafts = (path: string) => path.split('/').slice(0, -1).includes('_drafts')

/** In capitals these are files about a repository. */
const aboutRepository =
  /^(?:LICEN[CS]E|COPYING|CHANGELOG|AGENTS|CLAUDE|GEMINI|CONTRIBUTING|CONTRIBUTORS|CODE[_-]OF[_-]CONDUCT|SECURITY|SUPPORT|MAINTAINERS|AUTHORS|NOTICE|PULL_REQUEST_TEMPLATE|ISSUE_TEMPLATE)$/

/** What sites and programs keep for other programs. */
const forPrograms =
  /^(?:(?:robots|humans|ads|app-ads|llms|llms-full)\.txt|(?:browserconfig|crossdomain|opensearch)\.xml)$/i

/** Folders of Jekyll and of packages, which lie in the root of a site. */
const ofProgram = /(?:^|\/)(?:_layouts|_includes|_site|_data|_plugins|_sass|node_modules)\//

/** Jekyll and Hexo leave out what they call so. */
const setAside = /(?:^|\/)_posts\/(?:[^/]*\/)*_[^/]*$/

/** As Hugo and Zola have it. */
export const isSectionPage = (path: string) =>
  /(?:^|\/)_index(?:\.[a-z]{2}(?:-[a-z]{2,4})?)?\.[^./]*$/i.test(path)

export const ofSite = 'part of what makes a site'

/** What a file is that is no article, by its name; undefined for an article. */
export function otherThanArticle(path: string): string | undefined {
  if (ofProgram.test(path)) return ofSite
  if (isSectionPage(path)) return 'the page of a section'
  const file = path.slice(path.lastIndexOf('/') + 1)
  const name = file.slice(0, file.length - extname(file).length)
  if (/^readme(?:[._-][a-z]{2}(?:[-_][a-z]{2,4})?)?$/i.test(name)) return 'a file about its folder'
  if (setAside.test(path)) return 'a post set aside by the "_" before its name'
  if (forPrograms.test(file)) return 'a file for programs'
  return aboutRepository.test(name) ? 'a file about its folder' : undefined
}

/** Behind the name of what they copy: Dropbox and Nextcloud; Syncthing; ownCloud; git mergetool; editors. */
const copyNames = [
  / \((?:[^()]* )?(?:conflicted copy|case conflict|selective sync conflict)(?: [^()]*)?\)$/i,
  /\.sync-conflict-\d{8}-\d{6}(?:-\w+)?$/,
  /_conflict-\d{8}-\d{6}$/,
  /_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+$/,
  /\.(?:bak|backup|orig|old)$/i,
  /~$/,
]

/** The path of what a file is a copy of, by its name: programs set one aside where two people wrote at once. */
export function copiedPath(path: string): string | undefined {
  const ending = extname(path)
  const start = path.slice(0, path.length - ending.length)
  const [copied] = copyNames
    .filter((mark) => mark.test(start))
    .map((mark) => start.replace(mark, ''))
  return copied && !copied.endsWith('/') ? copied + ending : undefined
}
