/** The shortcodes and tags of Hugo, Jekyll, Zola and Eleventy whose meaning is known, and what they become. */
import { film, recording, vimeo, youtube } from './film-tags.ts'
import { gist, page, session } from './page-tags.ts'
import { drawing, figure, hasPicture, includedPicture, isPictureTag } from './picture-tags.ts'
import type { Parameters } from './shortcode-parameters.ts'
import { isQuote, isWords, titlesOf } from './shortcode-words.ts'
import type { Inline, Kind } from './tag-kind.ts'

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

/** HTML in place of a tag, or undefined where its meaning is not known. @param name in small letters */
export function htmlOfTag(
  name: string,
  parameters: Parameters,
  inline: Inline,
): string | undefined {
  const kind = kindOf(name) ?? (hasPicture(parameters) ? figure : undefined)
  return kind?.(parameters, inline)
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
