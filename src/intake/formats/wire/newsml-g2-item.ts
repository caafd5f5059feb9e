/** What a file of NewsML-G2 says of its article. */
import { cleanLine, isLanguage } from '../../../text.ts'
import type { RawArticle } from '../../raw-article.ts'
import { type Rejection, RejectionError } from '../../rejection.ts'
import { elementsIn, find, textOf, texts, type XmlNode } from '../../xml-tree.ts'
import { withRules } from '../lines/drawn-lines.ts'
import { languageOfHtml } from '../lines/page-language.ts'
import { existingDate, isUnfilled, laterOf, wireDate } from '../lines/wire-dates.ts'
import { onlyText } from './newsml-g2-choice.ts'
import { contentOf, type G2Content } from './newsml-g2-content.ts'
import { codeIn, inLanguage, isOf, type Named, namedIn, namesOf } from './newsml-g2-names.ts'
import { picturesIn } from './newsml-g2-pictures.ts'
import { headingOf, holdBack } from './wire-embargo.ts'
import { namesInByline, namesOnce, withoutHash } from './wire-names.ts'
import { figuresBelow } from './wire-pictures.ts'
import {
  type EditionDates,
  identityOf,
  isWithdrawn,
  versionNotes,
  withdrawn,
} from './wire-state.ts'
import { dekBeside, titled, withByline } from './wire-text.ts'

/**
 * @param text of the file, for lines
 * @throws RejectionError when it is no article
 */
export async function readNewsmlG2(root: XmlNode, text: string): Promise<RawArticle> {
  const items = root.name === 'newsMessage' ? find(root, 'itemSet').flatMap(elementsIn) : [root]
  const item = onlyText(items)
  const guid = cleanLine(item.attributes.guid ?? '') || undefined
  const identityWith = (dates: EditionDates) => identityOf(guid, item.attributes.version, dates)
  const status = statusOf(item)
  if ([status, ...signalsOf(item)].some(isWithdrawn)) {
    const [made = ''] = texts(item, 'itemMeta/versionCreated')
    return withdrawn(identityWith({ made: wireDate(made) }))
  }
  const faults: Rejection[] = []
  const existing = (written: string | undefined) =>
    written === undefined ? undefined : existingDate(written, () => text, dateRemedy, faults)
  const dateOf = (path: string) => existing(texts(item, path).find((date) => !isUnfilled(date)))
  const version = dateOf('itemMeta/versionCreated')
  const first = dateOf('itemMeta/firstCreated')
  const created = first ?? version ?? dateOf('contentMeta/contentCreated')
  const isDated = created !== undefined || faults.length > 0
  const ends = dateOf('itemMeta/embargoed') ?? existing(startOf(item))
  const expires = existing(expiryOf(item))
  const ofFile = languageOf(item)
  const named = namedIn(item, ofFile)
  const stated = titleOf(item, ofFile)
  const content = contentOf(find(item, 'contentSet'), stated ?? '')
  const heading = headingOf({
    titles: [stated ?? '', content.title ?? '', ...texts(item, 'itemMeta/title')],
    slugs: texts(item, 'contentMeta/slugline'),
    notes: [...texts(item, 'itemMeta/edNote'), ...texts(item, 'rightsInfo/usageTerms')],
  })
  const { title: ofWhole } = titled(content.html, heading.title)
  const fault = RejectionError.ofAny([...faults, ...lacking(ofWhole, isDated, content)])
  if (!created || fault) throw fault
  const isEndless = find(item, 'itemMeta/embargoed').some((one) => textOf(one) === '')
  const {
    html: free,
    published,
    held,
    isKilled,
  } = holdBack(content.html, heading, {
    created,
    ends,
    isEndless,
    status,
  })
  if (isKilled) return withdrawn(identityWith({ made: version }), held)
  const { html: story, title, notes: ofTitle } = titled(free, heading.title)
  if (!title) throw RejectionError.ofAny(lacking(title, isDated, content))
  const sources = sourcesOf(item, named)
  const pictures = [...(content.image ? [content.image] : []), ...picturesIn(items, item, named)]
  const [image, ...others] = pictures
  const language = ofFile ?? (await languageOfHtml(story))
  const bylines = authorsOf(item, { ...named, language }, sources, content)
  const { html, authors } = withByline(withRules(story), bylines, language)
  return {
    ...identityWith({
      made: version,
      first: first ?? (published === created ? undefined : published),
    }),
    title,
    summary: dekBeside(summaryOf(item, ofFile, title) ?? content.summary, html),
    published,
    ...(version && laterOf(published, version) !== published && { updated: version }),
    expires,
    language,
    section: sectionOf(item, named),
    tags: tagsOf(item, named),
    authors,
    image,
    audio: content.audio,
    sources,
    draft: held.length > 0,
    body: { html: html + figuresBelow(html, others) },
    notes: [...ofTitle, ...versionNotes(item.attributes.version), ...notesOf(item), ...held],
  }
}

/** When it is to be published, as some systems state it. */
function startOf(item: XmlNode): string | undefined {
  const [start] = find(item, 'itemMeta/itemMetaExtProperty').filter((one) =>
    isOf(one, 'type', /^pubstart$/i),
  )
  const written = start?.attributes.value ?? ''
  return written === '' || isUnfilled(written) ? undefined : written
}

const signalsOf = (item: XmlNode) => find(item, 'itemMeta/signal').map(codeIn)

const statusOf = (item: XmlNode) => codeIn(find(item, 'itemMeta/pubStatus')[0])

const dateRemedy = 'Write it as in 2026-04-13T09:30:00+03:00.'

const lacking = (title: string | undefined, isDated: boolean, content: G2Content): Rejection[] =>
  [
    !title && {
      reason: 'the item has no headline',
      remedy: 'Write it into <contentMeta> as <headline>.',
    },
    !isDated && {
      reason: 'the item has no date',
      remedy:
        'Write it into <itemMeta>, as in <versionCreated>2026-04-13T09:30:00Z</versionCreated>.',
    },
    content.html === '' && {
      reason: content.unread
        ? `the text of the item is in <${content.unread}>, which is not read`
        : 'the item has no text',
      remedy: 'Write the story into <inlineXML> as NITF or XHTML, or into <inlineData>.',
    },
  ].filter((fault) => fault !== false)

function languageOf(item: XmlNode): string | undefined {
  const tags = find(item, 'contentMeta/language').map(({ attributes }) => attributes.tag)
  const stated = [...tags, item.attributes['xml:lang'], item.attributes.lang]
  return stated.find((tag): tag is string => tag !== undefined && isLanguage(tag))
}

/** One may expire for archives only. */
function expiryOf(item: XmlNode): string | undefined {
  const stated = [...find(item, 'itemMeta/expires'), ...find(item, 'contentMeta/expires')]
  const isForAll = ({ attributes }: XmlNode) => attributes.pubconstraint === undefined
  const chosen = stated.find(isForAll) ?? stated.find((one) => isOf(one, 'pubconstraint', /^web$/))
  const written = chosen ? textOf(chosen) : ''
  return written === '' || isUnfilled(written) ? undefined : written
}

/** Headlines that stand beside the one. */
const lesserHeadline = /sub|short|kicker|over|alt|seo/i

function titleOf(item: XmlNode, language: string | undefined): string | undefined {
  const headlines = find(item, 'contentMeta/headline').filter((one) => textOf(one) !== '')
  const main = headlines.filter((one) => !isOf(one, 'role', lesserHeadline))
  const found = inLanguage(main.length > 0 ? main : headlines, language)
  return found && textOf(found)
}

function summaryOf(item: XmlNode, language: string | undefined, title: string) {
  const described = find(item, 'contentMeta/description').filter((one) => textOf(one) !== '')
  const isSummary = (one: XmlNode) =>
    isOf(one, 'role', /summary|abstract|standfirst|dek|teaser|lead|^text$/i)
  const withoutRole = described.filter(({ attributes }) => attributes.role === undefined)
  const summaries = described.filter(isSummary)
  const found = inLanguage(summaries.length > 0 ? summaries : withoutRole, language)
  const summary = found && textOf(found)
  return summary?.toLowerCase() === title.toLowerCase() ? undefined : summary
}

const subjectsOf = (item: XmlNode) =>
  find(item, 'contentMeta/subject').flatMap((subject) => {
    const main = find(subject, 'mainConcept')
    return main.length > 0 ? main : [subject]
  })

const isSection = (subject: XmlNode) =>
  isOf(subject, 'type', /category|department|desk|section/i) ||
  /department/i.test((subject.attributes.qcode ?? '').split(':')[0] ?? '')

const sectionOf = (item: XmlNode, named: Named) =>
  namesOf(subjectsOf(item).filter(isSection), named)[0]

/** Some put numbers for machines among the subjects, such as a "Service run id" or a "Content length". */
const isForMachines = ({ attributes }: XmlNode) =>
  / (?:id|number|length)$/i.test(attributes.literal ?? '')

/** Persons and organisations are in the text, and places of an address say nothing alone. */
const isTag = (subject: XmlNode) =>
  !isForMachines(subject) && !isOf(subject, 'type', /person|organi[sz]ation|poi|event|object/i)

/** Of "Energy\\Water" the last says the others too. */
const withoutPath = (name: string) => name.replace(/^.*\\(?=.)/, '')

/** The categories beside the one that is the section are tags. */
function tagsOf(item: XmlNode, named: Named): string[] {
  const section = sectionOf(item, named)
  const names = namesOf(subjectsOf(item).filter(isTag), named).filter((name) => name !== section)
  return [...names, ...texts(item, 'contentMeta/keyword')].map(withoutPath).map(withoutHash)
}

/** Names of users and signs of writers are for the house. */
const isName = (name: string) => /\s/.test(name) || !/^(?:[\p{Ll}\d._-]+|\p{L}{1,4})$/u.test(name)

function authorsOf(
  item: XmlNode,
  named: Named,
  sources: readonly string[],
  { bylines }: G2Content,
): string[] {
  const [by] = texts(item, 'contentMeta/by')
  if (by) return namesInByline(by, named.language, sources)
  const creators = find(item, 'contentMeta/creator').filter(
    (one) => !isOf(one, 'role', /photo|source|descr/i),
  )
  const names = namesOf(creators, named).filter(isName)
  if (names.length > 0) return namesOnce(names)
  return bylines.flatMap((byline) => namesInByline(byline, named.language, sources))
}

const parties = ['rightsInfo/copyrightHolder', 'itemMeta/provider', 'contentMeta/infoSource']

function sourcesOf(item: XmlNode, named: Named): string[] {
  const names = parties.flatMap((path) =>
    find(item, path).flatMap((party) => {
      const [name = party.attributes.literal ?? ''] = namesOf([party], named)
      return name
    }),
  )
  const credits = texts(item, 'contentMeta/creditline').map((line) =>
    line.replace(/(?<![\s–—-])[\s–—-]+$/, ''),
  )
  return namesOnce([...names, ...credits])
}

/** With a role they are for certain editors, and many. */
const notesOf = (item: XmlNode) =>
  find(item, 'itemMeta/edNote')
    .filter(({ attributes }) => attributes.role === undefined)
    .map(textOf)
    .filter((note) => note !== '')
    .map((note) => ({ text: `its agency tells editors: ${note}` }))
