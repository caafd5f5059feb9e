/** A file read as the program reads it, and files of the formats that have markup. */
import type { ArticleContent } from '../../src/article.ts'
import { namesIn } from '../../src/intake/file-names.ts'
import type { Outcome } from '../../src/intake/file-result.ts'
import type { NormaliseSettings } from '../../src/intake/normalise.ts'
import { readArticle } from '../../src/intake/read-article.ts'
import { createTopicFinder } from '../../src/intake/topics.ts'
import { type Files, temporaryFolder } from './folder.ts'

export const readingSettings = {
  language: 'en',
  timeZone: 'UTC',
  undated: 'modified' as const,
  publisher: { name: 'TRT World', url: 'https://www.trtworld.com/' },
  findTopics: createTopicFinder([]),
}

/** Reads a file of that name, beside others, by settings that differ from the usual ones. */
export function readFile(
  name: string,
  content: string | Buffer,
  others: Files = {},
  settings: Partial<NormaliseSettings> = {},
): Promise<Outcome> {
  const root = temporaryFolder({ ...others, [name]: content })
  const reading = { ...readingSettings, ...settings, root, files: namesIn(root) }
  return readArticle({ path: name }, reading)
}

export function articleIn(outcome: Outcome): ArticleContent {
  if (outcome.kind !== 'article') throw new Error(`no article: ${JSON.stringify(outcome)}`)
  return outcome.content
}

/** @param matter further lines of the front matter */
export const markdownFile = (body = 'Text.', matter = '') =>
  `---\ntitle: The headline\ndate: 2026-04-13\n${matter}\n---\n${body}\n`

export const htmlFile = (body = '<p>Text.</p>', head = '') =>
  `<!doctype html><html><head><title>The headline</title><meta name="date" content="2026-04-13">${head}</head>` +
  `<body><article>${body}</article></body></html>`

export interface NitfParts {
  readonly prolog?: string
  /** Within docdata. */
  readonly head?: string
  readonly byline?: string
}

export const nitfFile = (
  story = '<p>Text.</p>',
  { prolog = '', head = '', byline = '' }: NitfParts = {},
) =>
  `<?xml version="1.0"?>${prolog}<nitf><head><docdata><date.issue norm="20260413"/>${head}</docdata></head><body>` +
  `<body.head><hedline><hl1>The headline</hl1></hedline>${byline}</body.head><body.content>${story}</body.content></body></nitf>`
