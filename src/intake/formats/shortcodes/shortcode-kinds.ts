/** The shortcodes and tags of Hugo, Jekyll, Zola and Eleventy whose meaning is known, and what they become. */
import { isPicture } from '../../../media-kinds.ts'
import { escapeAttribute, escapeText, wordSet } from '../../../text.ts'
import { nameLink } from '../../file-link.ts'
import { placedAnywhere } from '../../media-places.ts'
import type { Parameters } from './shortcode-parameters.ts'
import { isQuote, isWords, titlesOf } from './shortcode-words.ts'

/** Makes HTML of the Markdown of one line, such as a caption. */
export type Inline = (markdown: string) => string

/** HTML, or undefined where it states too little. */
type Kind = (parameters: Parameters, inline: Inline) => string | undefined

const isAddress = (text: string) => /^https?:\/\//i.test(text)

const attribute = (name: string, value: string | undefined) =>
  value ? ` ${name}="${escapeAttribute(value)}"` : ''

/** Hugo's figures have their title above the caption. */
const figure: Kind = (parameters, inline) => picture(parameters, inline, parameters.named('title'))

/** In includes a title is what a picture shows, or what is told of it under a pointer: no site shows it as a caption. */
const includedPicture: Kind = (parameters, inline) => picture(parameters, inline, undefined)

/** @param heading that stands with the caption */
function picture(
  { named, inOrder }: Parameters,
  inline: Inline,
  heading: string | undefined,
): string | undefined {
  const at = inOrder.findIndex((one) => isPicture(one) || isAddress(one) || one.startsWith('/'))
  const src = sourceOf(named) ?? inOrder[at]
  if (!src) return undefined
  const title = named('title')
  const caption = named('caption', 'figcaption', 'description', 'desc')
  const alt =
    named('alt') ??
    [...inOrder.slice(at + 1), ...inOrder.slice(0, Math.max(0, at))].find((one) =>
      /\s|\P{ASCII}/u.test(one),
    ) ??
    title ??
    caption
  const size = attribute('width', named('width')) + attribute('height', named('height'))
  const hint = attribute('title', heading || title === alt ? undefined : title)
  const image = `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt ?? '')}"${hint}${size}>`
  const address = named('url')
  const link = named('link', 'href') ?? (address !== src ? address : undefined)
  const shown = link ? `<a href="${escapeAttribute(link)}">${image}</a>` : image
  const words = [
    heading && `<strong>${inline(heading)}</strong>`,
    caption && inline(caption),
    creditOf(named, inline),
  ].filter((part) => !!part)
  if (words.length === 0) return shown
  return `<figure>${shown}<figcaption>${words.join(' ')}</figcaption></figure>`
}

const sources = ['src', 'url', 'path', 'image', 'image_path', 'file', 'img', 'filename']
const otherSources = ['source', 'name', 'picture', 'photo', 'pic', 'thumbnail', 'image_url']

/** What is a picture by its ending, or else what is called the source of one. */
function sourceOf(named: Parameters['named']): string | undefined {
  const pictures = [...sources, ...otherSources].filter((name) => isPicture(named(name) ?? ''))
  return named(...pictures, ...sources)
}

function creditOf(named: Parameters['named'], inline: Inline): string {
  const credit = named('attr', 'attribution', 'credit')
  const link = named('attrlink')
  const words = credit ? inline(credit) : ''
  return words && link ? `<a href="${escapeAttribute(link)}">${words}</a>` : words
}

/** An address of a film's player. */
const isPlayer = (address: string) =>
  /^https?:\/\/(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com\/embed\/|player\.vimeo\.com\/video\/)/i.test(
    address,
  )

/** A link to what a site shows in a way of its own; a film's player stays one. */
export const linkOfAddress = (address: string, words?: string): string =>
  isPlayer(address)
    ? `<iframe src="${escapeAttribute(address)}"${attribute('title', words)}></iframe>`
    : link(address, words)

const link = (address: string, words = address.replace(/^https?:\/\/(?:www\.)?/, '')) =>
  `<a href="${escapeAttribute(address)}">${escapeText(words)}</a>`

/**
 * A player, with the address that shows one film.
 * @param isId what cannot be one may be a file, or the name of something that only the site knows
 */
const player =
  (isId: RegExp, address: (id: string) => string): Kind =>
  ({ named, inOrder }, inline) => {
    const stated =
      named('id', 'videoid', 'video_id', 'youtubeid', 'youtube_id', 'video', 'url', 'src') ??
      inOrder[0]
    if (!stated) return undefined
    const [id] = isId.exec(stated) ?? []
    const src = isAddress(stated) ? stated : id && address(id)
    if (!src) return undefined
    const title = attribute('title', named('title', 'label', 'videotitle', 'video_title'))
    return withCaption(`<iframe src="${escapeAttribute(src)}"${title}></iframe>`, named, inline)
  }

/** With what is said below it. */
function withCaption(html: string, named: Parameters['named'], inline: Inline): string {
  const caption = named('caption', 'figcaption')
  const words = [caption && inline(caption), creditOf(named, inline)].filter((part) => !!part)
  return words.length === 0
    ? html
    : `<figure>${html}<figcaption>${words.join(' ')}</figcaption></figure>`
}

/** A film of whose host its id tells. */
const film: Kind = (parameters, inline) => {
  const id = parameters.named('videoid', 'video_id', 'youtubeid', 'youtube_id', 'id') ?? ''
  if (/^\d{6,11}$/.test(id)) return vimeo(parameters, inline)
  if (isAddress(id) || /^[\w-]{11}$/.test(id)) return youtube(parameters, inline)
  return recording('video')(parameters, inline)
}

// What follows an id says where the film begins.
const youtube = player(/^[\w-]{11}(?=$|[?&])/, (id) => `https://www.youtube.com/embed/${id}`)
const vimeo = player(/^\d{1,12}(?=$|[?/])/, (id) => `https://player.vimeo.com/video/${id}`)

/** A page of others. @param isId as in `player` */
const page =
  (isId: RegExp, address: (id: string, user: string | undefined) => string): Kind =>
  ({ named, inOrder }) => {
    const id = named('id', 'url', 'repo') ?? inOrder.at(inOrder.length > 1 ? 1 : 0)
    const user = named('user', 'username') ?? (inOrder.length > 1 ? inOrder[0] : undefined)
    if (!id) return undefined
    if (isAddress(id)) return link(id)
    return isId.test(id) && !/[^\w.-]/.test(user ?? '') ? link(address(id, user)) : undefined
  }

const gistId = /^(?:[\w-]+\/)?(?:\d+|[\da-f]{20,40})$/i

/** A file of it may be named behind its id. */
function gist({ named, inOrder }: Parameters, inline: Inline): string | undefined {
  const at = inOrder.findIndex((one) => gistId.test(one))
  return page(gistId, (id, user) => `https://gist.github.com/${user ? `${user}/` : ''}${id}`)(
    { named, inOrder: at === -1 ? inOrder : inOrder.slice(0, at + 1) },
    inline,
  )
}

/** A drawing that a site puts into the page. */
const drawing: Kind = ({ named, inOrder }, inline) => {
  const stated = [named('src', 'path', 'file', 'name'), ...inOrder]
  const file = stated.find((one) => one && /\.svg$/i.test(one))
  if (!file) return undefined
  const src = isAddress(file) || /^[./]/.test(file) ? file : placedAnywhere(file)
  const words = (...names: string[]) => named(...names.filter((name) => name !== 'src'))
  return includedPicture({ named: words, inOrder: [src] }, inline)
}

/** Of asciinema.org an id is a number, or letters and digits without a meaning. */
const sessionId = /^(?:\d+|(?=[a-z]*[A-Z\d])[A-Za-z\d]{16,})$/

/** What somebody did in a terminal: on a host of such, or in a file of the site's own. */
const session: Kind = ({ named, inOrder }) => {
  const stated = named('id', 'key', 'src', 'file', 'cast', 'path', 'url') ?? inOrder[0]
  if (!stated) return undefined
  if (sessionId.test(stated)) return link(`https://asciinema.org/a/${stated}`)
  if (isAddress(stated)) return link(stated)
  const file = /\.cast$/i.test(stated) ? stated : `${stated}.cast`
  if (/\s|[<>"]/.test(file)) return undefined
  const address = /^[./]/.test(file) ? file : placedAnywhere(file)
  return link(address, named('title', 'caption', 'alt') ?? file.split('/').at(-1))
}

const recording =
  (name: 'audio' | 'video'): Kind =>
  ({ named, inOrder }, inline) => {
    const src = named('src', 'url', 'file', 'mp4', 'mp3') ?? inOrder[0]
    if (!src) return undefined
    return withCaption(`<${name} src="${escapeAttribute(src)}" controls></${name}>`, named, inline)
  }

/** What holds a text together, which stays below its title; without a text, that is all it says. */
const box =
  (name: string): Kind =>
  (parameters, inline) => {
    const { named } = parameters
    const title = named('title', 'summary', 'header', 'heading') ?? titleInOrder(name, parameters)
    const words = named('content', 'text', 'body', 'message')
    return [title && `<p><strong>${inline(title)}</strong></p>`, words && `<p>${inline(words)}</p>`]
      .filter((part) => !!part)
      .join('\n')
  }

/** Other tags are given a word for how they look. */
const isTitled = (name: string) => /^(?:collapse|details|expand|tab)$/.test(name)

/** A title without a name; of a quotation that is who says it. */
function titleInOrder(name: string, parameters: Parameters): string | undefined {
  if (isQuote(name)) return undefined
  const [title] = titlesOf(name, parameters)
  if (title !== undefined || !isTitled(name)) return title
  // Tags of Liquid have it without quotation marks.
  const words = parameters.inOrder.filter((one) => one !== 'open')
  const first = (name === 'details' ? words.join(' ') : words[0]) ?? ''
  return isWords(first) ? first : undefined
}

const nothing: Kind = () => ''

const each = (names: string, kind: Kind) => names.split(' ').map((name) => [name, kind] as const)

const kinds: ReadonlyMap<string, Kind> = new Map([
  ...each('figure img image picture photo', figure),
  ...each('youtube youtube-lite youtubelite', youtube),
  ...each('vimeo', vimeo),
  ...each(
    'tweet twitter x',
    page(/^\d+$/, (id, user) => `https://x.com/${user ?? 'i'}/status/${id}`),
  ),
  ...each(
    'instagram',
    page(/^[\w-]{5,}$/, (id) => `https://www.instagram.com/p/${id}/`),
  ),
  ...each('gist', gist),
  ...each(
    'github',
    page(/^[\w./-]+$/, (id, user) => `https://github.com/${user ? `${user}/` : ''}${id}`),
  ),
  ...each(
    'bilibili',
    page(/^(?:BV|av)\w+$/i, (id) => `https://www.bilibili.com/video/${id}`),
  ),
  ...each(
    'slideshare',
    page(/^(?:key\/)?\w+$/, (id) => `https://www.slideshare.net/slideshow/embed_code/${id}`),
  ),
  ...each('asciinema asciinema-player asciinemaplayer asciicast', session),
  ...each('svg inline-svg inline_svg inlinesvg', drawing),
  ...each('audio', recording('audio')),
  ...each('video player', film),
  ...(
    'admonition alert aside blockquote box callout caution center col collapse columns danger details ' +
    'example expand hint important info lead note notice panel quote row tab table tabpane tabs tip warning'
  )
    .split(' ')
    .map((name) => [name, box(name)] as const),
  ...each(
    'toc tableofcontents table-of-contents clear clearfix icon spacer anchor baseurl base-url base_url siteurl',
    nothing,
  ),
  ...each('br', () => '<br>'),
])

/** Whether its meaning is known. @param name in small letters */
export const isKnownTag = (name: string) => kinds.has(name)

/** @param name in small letters */
export const isPictureTag = (name: string) => /^(?:figure|image|img|picture|photo)/.test(name)

/**
 * With the text within the tag of a picture: it says what that shows, unless this is stated, or the tag is of
 * pictures with captions.
 * @param name in small letters
 */
export function withWords(name: string, { named, inOrder }: Parameters, words: string): Parameters {
  const isAlt = /^(?:image|img|picture|photo)$/.test(name) && !named('alt')
  const key = isAlt ? 'alt' : 'caption'
  return {
    inOrder,
    named: (...names) => named(...names) ?? (names.includes(key) ? words : undefined),
  }
}

/** Whatever a site calls it, what states a picture as its source shows that; a card has one beside its address. */
const hasPicture = ({ named }: Parameters) =>
  isPicture(named('src') ?? '') ||
  (isPicture(named('image', 'img') ?? '') && !named('url', 'href', 'link'))

/** HTML in place of a tag, or undefined where its meaning is not known. @param name in small letters */
export function htmlOfTag(
  name: string,
  parameters: Parameters,
  inline: Inline,
): string | undefined {
  const kind = kindOf(name) ?? (hasPicture(parameters) ? figure : undefined)
  return kind?.(parameters, inline)
}

/** The picture that a tag of a site's own names among its words: `{% pierImage800 pier.png max-800 %}`. @param name in small letters */
export function pictureInOrder(
  name: string,
  { named, inOrder }: Parameters,
  inline: Inline,
): string | undefined {
  const at = inOrder.findIndex((one) => isPicture(one) && !/\s/.test(one))
  // Hexo takes all words behind the name and the size for one text.
  if (name === 'asset_img' && at !== -1) {
    const words = inOrder.slice(at + 1).filter((one) => !/^\d+%?$/.test(one))
    const isQuoted = words.some((one) => /\s/.test(one))
    const stated = isQuoted ? words.at(-1) : words.join(' ')
    const namedAlt: Parameters['named'] = (...names) =>
      named(...names) ?? (names.includes('alt') ? stated : undefined)
    return includedPicture({ named: namedAlt, inOrder: inOrder.slice(at, at + 1) }, inline)
  }
  if (at === -1 || !/ima?ge?|photo|pic|figure|cover|banner/.test(name)) return undefined
  return includedPicture({ named, inOrder }, inline)
}

const kindOf = (name: string) => kinds.get(name) ?? (isPictureTag(name) ? figure : undefined)

/** What is included, as if it were a tag of that name. */
export function includedTag({ inOrder, named }: Parameters): [name: string, rest: Parameters] {
  const name = (inOrder[0] ?? '')
    .replace(/^.*\//, '')
    .replace(/\.\w+$/, '')
    .toLowerCase()
  return [name, { named, inOrder: inOrder.slice(1) }]
}

/** HTML in place of what is included: a template's name says what it shows. */
export function htmlOfInclude(parameters: Parameters, inline: Inline): string | undefined {
  const { inOrder, named } = parameters
  const [name, rest] = includedTag(parameters)
  if (/\.svg$/i.test(inOrder[0] ?? '')) {
    return includedPicture({ named, inOrder: [`/_includes/${inOrder[0]}`] }, inline)
  }
  const shown = (tag: string) => {
    const kind = kindOf(tag)
    return (kind === figure ? includedPicture : kind)?.(rest, inline)
  }
  const known = shown(name)
  if (known !== undefined) return known
  const [kind] =
    name.match(/youtube|vimeo|tweet|toc|figure|image|img|picture|photo|video|player/) ?? []
  if (kind) return shown(kind)
  return hasPicture(rest) ? includedPicture(rest, inline) : undefined
}

/** Tags that name the file of an article, with the place in it: `second.md#more`. */
const fileTags = wordSet('ref relref post_url link')

/** The address in place of a tag that is one, or undefined. @param name in small letters */
export function addressOfTag(name: string, { named, inOrder }: Parameters): string | undefined {
  const target = named('path') ?? inOrder[0]
  if (!target || !fileTags.has(name)) return undefined
  const [file = '', fragment = ''] = target.split('#', 2)
  return nameLink(file, fragment)
}

/** The file that a tag of unknown meaning names, where only an address can stand. */
export const fileOfTag = ({ inOrder }: Parameters): string | undefined =>
  inOrder.find((one) => /^[^\s<>"']*\/[^\s<>"']*$|\.\w{2,4}$/.test(one))?.replace(/\s/g, '%20')

/** The address that a tag of unknown meaning names, as a link; else what is said of what it shows. */
export function linkOfTag({ named, inOrder }: Parameters): string {
  const stated = named('url', 'href', 'link')
  const address = stated?.startsWith('/')
    ? stated
    : [stated, named('src'), ...inOrder].find((one) => one && isAddress(one))
  if (!address) return ''
  const shown = link(address, named('title', 'text', 'name') ?? wordsBehind(address, inOrder))
  const more = named('description', 'desc') ?? ''
  return /\s|\P{ASCII}{2}/u.test(more) ? `${shown} ${escapeText(more)}` : shown
}

/** The words behind an address, or else before it, if they are some, and not what a program is told. */
function wordsBehind(address: string, inOrder: readonly string[]): string | undefined {
  const at = inOrder.indexOf(address)
  const words = inOrder.slice(at + 1).join(' ') || (inOrder[at - 1] ?? '')
  return /\p{L}{2}.*\s.*\p{L}{2}|\P{ASCII}{2}|^\p{Lu}\p{L}/u.test(words) ? words : undefined
}
