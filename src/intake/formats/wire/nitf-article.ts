/** What a file in NITF says. */
import { isLanguage } from '../../../text.ts'
import type { Note } from '../../note.ts'
import type { RawArticle, RawEdition } from '../../raw-article.ts'
import { type Rejection, RejectionError } from '../../rejection.ts'
import { attributes, find, parse, texts, type XmlNode } from '../../xml-tree.ts'
import { withRules } from '../lines/drawn-lines.ts'
import { languageOfHtml } from '../lines/page-language.ts'
import { existingDate, isUnfilled, wireDate } from '../lines/wire-dates.ts'
import { bylinesIn, readStory } from './nitf-story.ts'
import { headingOf, holdBack } from './wire-embargo.ts'
import { namesInByline, namesOnce } from './wire-names.ts'
import { editionIn, isWithdrawn, severalItems, versionNotes, withdrawn } from './wire-state.ts'
import { dekBeside, titled, withByline } from './wire-text.ts'

const bodyHead = 'body/body.head'

/** Where the date may be, the section and the language: an element's path and its attribute. The first wins. */
const dates = [
  [`${bodyHead}/dateline/story.date`, 'norm'],
  ['head/docdata/date.issue', 'norm'],
  ['head/docdata/date.release', 'norm'],
  ['head/pubdata', 'date.publication'],
  ['head/docdata/pubdata', 'date.publication'],
] as const
const sections = [
  ['head/pubdata', 'position.section'],
  ['head/docdata/fixture', 'fix-id'],
  ['head/tobject', 'tobject.type'],
  ['head/tobject/tobject.subject', 'tobject.subject.type'],
] as const
const languages = [
  ['', 'xml:lang'],
  ['', 'baselang'],
  ['body', 'xml:lang'],
] as const

/**
 * The story of a file. Its first image is the lead image, and not in the text a second time.
 * A file that declares anything in a DTD is a rejection: that can read other files, and grow.
 * @throws RejectionError when it is no article
 */
export async function readNitf(text: string): Promise<RawArticle> {
  const root = onlyStory(await parse(text))
  const stated = createStated(root)
  const [status] = attributes(root, 'head/docdata', 'management-status')
  if (isWithdrawn(status)) return withdrawn({ edition: editionOf(stated) })
  const heading = headingOf({
    titles: [...headlineTexts(stated, 'hl1'), ...stated.texts('head/title')],
    slugs: stated.values([['head/docdata/du-key', 'key']]),
    notes: notesBeside(stated),
  })
  const written = stated.texts(`${bodyHead}/dateline/story.date`).filter(wireDate)
  const [date] = [...stated.values(dates), ...written]
  const faults: Rejection[] = []
  const dateOf = (norm: string | undefined) =>
    norm === undefined ? undefined : existingDate(norm, () => text, dateRemedy, faults)
  const created = dateOf(date)
  const [release] = stated.values([['head/docdata/date.release', 'norm']])
  const ends = dateOf(release)
  const expires = dateOf(stated.values([['head/docdata/date.expire', 'norm']])[0])
  const sources = sourcesOf(stated)
  const keywords = 'head/docdata/key-list/keyword'
  const tags = [...stated.values([[keywords, 'key']]), ...stated.texts(keywords)].flatMap(
    keywordsIn,
  )
  const { html: whole, image, audio } = readStory(root, heading.title ?? '')
  const { title: ofWhole } = titled(whole, heading.title)
  const fault = RejectionError.ofAny([...faults, ...lacking(ofWhole, date, whole)])
  if (!created || fault) throw fault
  const isEndless = status === 'embargoed' && !release
  const {
    html: free,
    published,
    held,
    isKilled,
  } = holdBack(whole, heading, { created, ends, isEndless, status })
  if (isKilled) return withdrawn({ edition: editionOf(stated) }, held)
  const { html: story, title, notes: ofTitle } = titled(free, heading.title)
  const [ofFile] = stated.values(languages).filter(isLanguage)
  const language = ofFile ?? (await languageOfHtml(story))
  const bylines = find(root, `${bodyHead}/byline`)
    .flatMap(bylinesIn)
    .flatMap((byline) => namesInByline(byline, language, sources))
  const { html, authors } = withByline(withRules(story), bylines, language)
  const lack = RejectionError.ofAny(lacking(title, date, html))
  if (!title || lack) throw lack
  return {
    edition: editionOf(stated, published === created ? undefined : published),
    title,
    summary: dekBeside(summaryOf(stated, [title, ...tags]), html),
    published,
    expires,
    language,
    section: stated.values(sections)[0],
    tags,
    authors,
    image,
    audio,
    sources,
    draft: held.length > 0,
    body: { html },
    notes: [...ofTitle, ...stated.notes, ...versionNotes(versionOf(stated)), ...held],
  }
}

const dateRemedy = 'Write it as 20260413, 20260413T093000 or 20260413T093000+0300.'

/** @param html of the story */
const lacking = (title: string | undefined, date: string | undefined, html: string): Rejection[] =>
  [
    !title && { reason: 'the file has no headline', remedy: 'Write it into <hedline> as <hl1>.' },
    !date && {
      reason: 'the file has no date',
      remedy: 'Write it into <docdata>, as in <date.issue norm="20260413T093000Z"/>.',
    },
    html === '' && {
      reason: 'the file has no story',
      remedy: 'Write it into <body.content> as <p> elements.',
    },
  ].filter((fault) => fault !== false)

/** Programs spell the one as the other. */
const headlineTexts = (stated: Stated, level: 'hl1' | 'hl2') =>
  ['hedline', 'headline'].flatMap((name) => stated.texts(`${bodyHead}/${name}/${level}`))

/** What it tells editors, and its terms of use. */
const notesBeside = (stated: Stated) => [
  ...stated.values([['head/docdata/ed-msg', 'info']]),
  ...stated.texts('head/docdata/ed-msg'),
  ...stated.texts(`${bodyHead}/note`),
  ...stated.texts(`${bodyHead}/rights`),
]

/** Some programs put an element of their own around a story, or several. @throws RejectionError when there are several */
function onlyStory(root: XmlNode): XmlNode {
  const stories = root.name === 'nitf' ? [root] : find(root, 'nitf')
  if (stories.length > 1) throw severalItems(stories.length, 'nitf')
  return stories[0] ?? root
}

/** Several in one, where no blank is behind a comma; "Brandt, Otto" is one. */
const keywordsIn = (keyword: string) => keyword.split(/,(?!\s)|;/).filter((one) => one !== '')

/**
 * The key that an agency gives all versions of a story, else the name of the document, unless that is a mere number
 * that a template has put there. No guid: readers know stories in NITF by their ids.
 * @param embargo until when this version is under one
 */
function editionOf(stated: Stated, embargo?: string): RawEdition | undefined {
  const read = (name: string, attribute: string) => docdataIn(stated, name, attribute)
  const made = wireDate(read('date.issue', 'norm') ?? '')
  const times = { made, first: embargo }
  const key = read('du-key', 'key')
  if (key) {
    const story = ['nitf', key, read('du-key', 'part') ?? ''].join(' ')
    return editionIn(story, versionOf(stated), times)
  }
  const id = read('doc-id', 'id-string') ?? ''
  if (!isName.test(id)) return undefined
  return editionIn(`nitf ${read('doc-id', 'regsrc') ?? ''} ${id}`, undefined, times)
}

const docdataIn = (stated: Stated, name: string, attribute: string) =>
  stated.values([[`head/docdata/${name}`, attribute]])[0]

const versionOf = (stated: Stated) => docdataIn(stated, 'du-key', 'version')

const isName = /^(?=.*[1-9]).{5,}$/

interface Stated {
  /** The values of attributes in these places, in their order. */
  values(places: readonly (readonly [path: string, name: string])[]): string[]
  texts(path: string): string[]
  /** What was passed over. */
  readonly notes: readonly Note[]
}

/** What a file states, without what its templates left unfilled. */
function createStated(root: XmlNode): Stated {
  const notes: Note[] = []
  const filled = (path: string, values: readonly string[]) =>
    values.filter((value) => {
      if (!isUnfilled(value)) return true
      const name = path.slice(path.lastIndexOf('/') + 1)
      notes.push({ text: `its ${name} is "${value}", which a template left unfilled` })
      return false
    })
  return {
    notes,
    values: (places) =>
      places.flatMap(([path, name]) => filled(path || name, attributes(root, path, name))),
    texts: (path) => filled(path, texts(root, path)),
  }
}

/** Programs that have no second headline write the first once more, or its end, or a keyword. */
function summaryOf(stated: Stated, others: readonly string[]): string | undefined {
  const [title = ''] = others
  const summaries = [...headlineTexts(stated, 'hl2'), ...stated.texts(`${bodyHead}/abstract`)]
  const known = new Set(others.map((other) => other.toLowerCase()))
  return summaries.find((summary) => !known.has(summary.toLowerCase()) && !title.endsWith(summary))
}

/** Who holds the rights is named where nobody else is. */
function sourcesOf(stated: Stated): string[] {
  const sources = [
    ...stated.values([['head/docdata/doc.rights', 'owner']]),
    ...stated.texts(`${bodyHead}/distributor`),
    ...stated.texts(`${bodyHead}/rights/rights.owner`),
    ...stated.texts(`${bodyHead}/rights.owner`),
    ...stated.values([['head/pubdata', 'name']]),
  ]
  return namesOnce(
    sources.length > 0 ? sources : stated.values([['head/docdata/doc.copyright', 'holder']]),
  )
}
