/** Documents in the formats that have markup, which say whatever a test wants them to. */

export interface Told {
  readonly title: string
  readonly dek: string
  readonly section: string
  readonly tags: readonly string[]
  readonly authors: readonly string[]
  readonly date: string
  /** Of its picture. */
  readonly address: string
  /** What is said of the picture. */
  readonly words?: string
}

/** Any text, as an attribute or a text of XML and HTML may have it. */
export const inXml = (value: string) =>
  value
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** @param matter what stands above the text */
export function markdownOf(matter: object, text: string): string {
  const lines = Object.entries(matter).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  return ['---', ...lines, '---', text].join('\n')
}

/**
 * @param story what stands in the article, as HTML
 * @param more what else stands in the head
 */
export function htmlOf(told: Told, story: string, more = ''): string {
  const meta = (name: string, content: string) =>
    `<meta property="${name}" content="${inXml(content)}">`
  return [
    '<!doctype html><html lang="en"><head>',
    meta('og:title', told.title),
    meta('og:description', told.dek),
    meta('og:image', told.address),
    meta('og:image:alt', told.words ?? ''),
    meta('article:published_time', told.date),
    meta('article:section', told.section),
    ...told.tags.map((tag) => meta('article:tag', tag)),
    ...told.authors.map((author) => meta('author', author)),
    `${more}</head><body><article>`,
    story,
    '</article></body></html>',
  ].join('\n')
}

/**
 * @param story what stands below the picture, as NITF
 * @param more what else stands in the `docdata`
 */
export function nitfOf(told: Told, story: string, more = ''): string {
  const words = inXml(told.words ?? '')
  const media = `<media-reference source="${inXml(told.address)}" alternate-text="${words}"/>`
  return [
    '<?xml version="1.0"?><nitf><head><docdata>',
    `<date.issue norm="${told.date}"/>`,
    `<key-list>${told.tags.map((tag) => `<keyword key="${inXml(tag)}"/>`).join('')}</key-list>`,
    `${more}</docdata><pubdata name="${words}" position.section="${inXml(told.section)}"/></head>`,
    `<body><body.head><hedline><hl1>${inXml(told.title)}</hl1><hl2>${inXml(told.dek)}</hl2></hedline>`,
    ...told.authors.map((author) => `<byline><person>${inXml(author)}</person></byline>`),
    '</body.head><body.content>',
    `<media media-type="image">${media}<media-caption>${words}</media-caption>`,
    `<media-producer>${words}</media-producer></media>`,
    story,
    '</body.content></body></nitf>',
  ].join('\n')
}
