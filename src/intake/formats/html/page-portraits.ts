/** Pictures between a heading and its text that show who wrote it, or are the head of the paper. */
import { cleanLine } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'

/** Whom a page names as its own. */
export interface Owners {
  readonly authors: readonly string[]
  /** The site, and who publishes it. */
  readonly publishers: readonly string[]
}

/** In these stands who wrote. */
const ofWriter = 'address, [rel~="author"], [itemprop~="author"], [itemtype$="/Person"]'

const portrait =
  '(?:author|columnist|head-?shot|portrait|photo(?:graph)?|picture|image|foto|bild|porträt|retrato|ritratto)'
const sign = '(?:logo|masthead|banner|emblem|header)'
/** What is said around the name: "Portrait of", "By", "Logo". */
const around = new RegExp(
  `^(?:(?:the )?(?:${portrait}|${sign})(?: (?:of|by|von|de|du|di))?:? |by |von |par |por )|(?:['’]s)? (?:${portrait}|${sign})$`,
  'giu',
)

/** Folders and files of portraits and signs. */
const address =
  /\/(?:authors?|avatars?|columnists?|contributors?|head-?shots?|logos?|mastheads?|writers?)\/|\/(?:[^/]*[-_])?(?:avatar|head-?shot|masthead)(?:[-_]?\d[^/]*)?\.\w+$|\/logo(?:[-_]?\d[^/]*)?\.\w+$/i

/** The head of a paper is so many times as wide as it is high. */
const widest = 5

/** With the blanks around it; what is longer says more than a name. */
const longestName = 500

/** Whether it is described by their names alone, or stands beside one. @param caption empty where there is none */
export function showsOwner(picture: Element, caption: string, owners: Owners): boolean {
  if (picture.closest(ofWriter)) return true
  const names = new Set([...owners.authors, ...owners.publishers].map((name) => name.toLowerCase()))
  const alt = picture.getAttribute('alt') ?? ''
  const isNamed = [alt, caption].some((words) => names.has(withoutAround(words)))
  return isNamed || isByline(picture.parentElement, names)
}

/** Whether its shape or its address is that of a sign or a portrait. */
export function isSign(picture: Element): boolean {
  const [width, height] = ['width', 'height'].map((name) => Number(picture.getAttribute(name)))
  const isStrip = width && height && width >= widest * height
  return Boolean(isStrip) || address.test(pathOf(picture.getAttribute('src') ?? ''))
}

const withoutAround = (words: string) => cleanLine(words).toLowerCase().replace(around, '').trim()

/** Whether nothing but a name stands beside it. */
const isByline = (box: Element | null, names: ReadonlySet<string>) =>
  names.has(withoutAround(box?.textContent.slice(0, longestName) ?? ''))

const pathOf = (url: string) => url.replace(/^(?:https?:)?\/\/[^/]*/i, '').replace(/[?#].*$/, '')
