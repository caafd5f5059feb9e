/** Markdown with YAML front matter (CommonMark 0.31, YAML 1.2.2). */
import type { RawArticle } from '../raw-article.ts'
import { delimiter, parse, split } from './front-matter.ts'
import { schemaOf, validate } from './front-matter-keys.ts'
import type { TextFormat } from './input-format.ts'
import { htmlOfMarkdown } from './markdown-html.ts'

/**
 * Text under a front matter block: `---`, the keys of `schemaOf` as YAML, `---`.
 * HTML in the text stays as it is: normalise.ts makes it safe.
 * Any key that is unknown, doubled or wrong is a rejection with its line.
 */
export const markdown: TextFormat = {
  name: 'Markdown with front matter',
  extensions: ['.md', '.markdown'],
  takes: 'text',
  recognises: (text, extension) => delimiter.test(text) || markdown.extensions.includes(extension),
  read,
}

async function read(text: string): Promise<RawArticle> {
  const { source, body } = split(text)
  tools ??= loadTools()
  const { yaml, schema } = await tools
  const { date, canonical, source: publisher, ...same } = validate(parse(source, yaml), schema)
  const { html, summary, notes } = await htmlOfMarkdown(body, { title: same.title })
  return {
    tags: [],
    authors: [],
    ...(summary !== undefined && { summary }),
    notes,
    ...same,
    published: date,
    body: { html },
    sources: publisher ? [publisher.name] : [],
    publisher,
    canonicalUrl: canonical,
  }
}

let tools: ReturnType<typeof loadTools> | undefined

/** Together they take 110 ms to load, which a folder without Markdown need not pay. */
async function loadTools() {
  const [yaml, { z }] = await Promise.all([import('yaml'), import('zod')])
  return { yaml, schema: schemaOf(z) }
}
