/** Text as people type it: a title, and paragraphs with blank lines between them. */
import type { RawArticle } from '../../raw-article.ts'
import { lineAt, RejectionError } from '../../rejection.ts'
import { contactsBelow, notesOfContacts } from '../lines/contacts-below.ts'
import { releaseLabel, releaseWords } from '../lines/embargo-line.ts'
import { languageOf } from '../lines/page-language.ts'
import { byline, splitNames } from '../lines/page-names.ts'
import { isParagraph } from '../lines/page-shapes.ts'
import { paragraphsIn } from './broken-lines.ts'
import { bodyBlocks } from './page-body.ts'
import { titleOf } from './page-title.ts'

/**
 * The first line is the title; a paragraph in its place makes one, and stays. Below it may stand who wrote
 * it, as `By A, B`. Of dates it states none here: plain-header.ts has those.
 * @throws RejectionError when nothing stands below the title
 */
export async function readPlainText(text: string): Promise<RawArticle> {
  const [first = '', ...others] = belowLabels(paragraphsOf(text))
  const hasTitle = !isParagraph(first)
  const by = hasTitle ? byline(others[0] ?? '')?.rest : undefined
  const below = others.slice(by ? 1 : 0)
  const contacts = contactsBelow(below)
  const story = below.filter((_paragraph, at) => !contacts.has(at))
  const body = bodyBlocks(hasTitle ? [] : [first], story, '')
  if (body.length === 0) {
    throw new RejectionError(
      'no text found below the title',
      'Write the story below it, with a blank line between paragraphs.',
      lineAt(text, text.search(/\S/)),
    )
  }
  return {
    title: hasTitle ? first : titleOf(first),
    published: undefined,
    body,
    language: await languageOf(
      [],
      undefined,
      body.map((block) => block.text),
    ),
    tags: [],
    authors: by ? splitNames(by) : [],
    sources: [],
    notes: notesOfContacts(below, contacts),
  }
}

/** Paragraphs of a text below its title, which has a line of its own. */
function paragraphsOf(text: string): string[] {
  const lines = text.trim().split('\n')
  return paragraphsIn(
    lines.map((line) => line.trim()),
    isOfHead,
  )
}

/** Above a story, with nothing blank between. */
const isOfHead = (line: string, at: number) =>
  at === 0 || label.test(line) || byline(line) !== undefined

/** What stands above a title for the press or a newsroom, and says nothing to readers. */
const label = new RegExp(
  `^(?:(?:${releaseWords}|for immediate release|no embargo|embargo:? none)[\\s:.–—-]*|slug: ?\\S+)$`,
  'iu',
)
const titleLabel = /^(?:headline|title|hed):\s*(?=\S)/i
const mostLabels = 4

/** From the title on, without a label of its own. */
function belowLabels(paragraphs: readonly string[]): readonly string[] {
  const isLabel = (line: string, n: number) =>
    label.test(line) || (releaseLabel.test(line) && !isParagraph(paragraphs[n + 1] ?? ''))
  const at = paragraphs.slice(0, mostLabels).findIndex((line, n) => !isLabel(line, n))
  // Above a story there has to be a title.
  const [title, ...others] =
    at === -1 || paragraphs.length < at + 2 ? paragraphs : paragraphs.slice(at)
  return title === undefined ? [] : [title.replace(titleLabel, ''), ...others]
}
