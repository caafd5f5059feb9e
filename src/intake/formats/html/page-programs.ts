/** What programs that turn documents into web pages write around a text: facts that they state nowhere else, and lists and lines of their own. */
import { cleanLine } from '../../../text.ts'
import { isWebUrl } from '../../../uri.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { outermost } from '../lines/page-sizes.ts'

/** Selectors. */
interface Program {
  /** What pages of others lack. */
  readonly sign: string
  /** Where facts stand, by the names of the meta elements that would state them. */
  readonly facts?: Readonly<Record<string, string>>
  /** What is no part of the text. */
  readonly furniture: string
  /** What the text is in, where that lies in so many boxes that nobody would find it. */
  readonly parts?: string
  /** What a draft lacks. */
  readonly ofPublished?: string
}

const generatedBy = (name: string) => `meta[name="generator" i][content^="${name}" i]`

/**
 * pandoc, R Markdown and Quarto; Asciidoctor; Org; Docutils and Sphinx; Jupyter; what Medium, Notion and Google Docs give
 * to those who take their texts along; LibreOffice.
 */
const programs: readonly Program[] = [
  {
    sign: '#title-block-header, #header > h1.title',
    facts: {
      author: ':is(#title-block-header, #header) .author',
      'article:published_time': ':is(#title-block-header, #header) .date',
    },
    furniture:
      '#TOC, #quarto-sidebar, #quarto-margin-sidebar, :is(#title-block-header, #header) :is(.author, .date, .abstract-title, .quarto-title-meta)',
  },
  {
    sign: generatedBy('Asciidoctor'),
    facts: { 'article:published_time': '#revdate' },
    furniture: '#header > .details, .toc, #footer',
  },
  {
    sign: generatedBy('Org Mode'),
    facts: { author: '#postamble .author', 'article:published_time': '#postamble .date' },
    furniture: '#preamble, #postamble, #table-of-contents',
  },
  {
    sign: generatedBy('Docutils'),
    furniture: '.docinfo, .contents.topic, .headerlink, .related, .sphinxsidebar, .footer',
  },
  {
    sign: '.jp-Notebook, #notebook-container',
    // The page's title is the name of its file.
    facts: { 'og:title': 'h1' },
    furniture: '.prompt, .anchor-link',
    parts:
      '.jp-RenderedHTMLCommon, .jp-InputArea pre, .jp-OutputArea :is(pre, img), .rendered_html, .input_area pre, .output_subarea :is(pre, img)',
  },
  {
    sign: '.h-entry > [data-field="body"]',
    facts: {
      author: '.h-entry > footer .p-author',
      'article:published_time': '.h-entry > footer .dt-published',
      'og:description': '.h-entry > [data-field="subtitle"]',
      'og:url': '.h-entry > footer .p-canonical',
      'article:tag': '.h-entry > footer .p-tag',
    },
    furniture:
      '.h-entry > footer, .h-entry > [data-field="subtitle"], .graf--title, .graf--subtitle, .section-divider',
    ofPublished: '.h-entry > footer .dt-published',
  },
  {
    sign: 'article.page > header > .page-title',
    facts: {
      // The first such row: others may be those who checked it.
      author:
        '.property-row-person:not(.property-row-person ~ *) .user, .property-row-created_by .user',
      'article:modified_time': '.property-row-last_edited_time time',
      'article:published_time': '.property-row-date time, .property-row-created_time time',
      'article:tag': '.property-row-multi_select .selected-value',
    },
    furniture: 'table.properties, .page-header-icon',
  },
  {
    sign: 'body.doc-content',
    facts: { 'og:title': 'p.title', 'og:description': 'p.subtitle' },
    furniture: 'sup:has(> a[href^="#cmnt"]), div:has(> p > a[href^="#cmnt_ref"])',
  },
  {
    sign: generatedBy('LibreOffice'),
    furniture: 'div[title="header"], div[title="footer"]',
  },
]

/** Such as `Date: `, `@` and `Author: `. */
const label = /^(?:@|\p{L}{2,20}: )/u

/** Of one name. */
const mostFacts = 100

const redirect = 'a[href^="https://www.google.com/url?"]'

/**
 * Takes out what the program that wrote a page has put around the text. The facts there become meta elements, which are
 * read as any others are.
 * @returns whether it is a draft
 */
export function takeOutProgram(document: Document): boolean {
  // Google Docs lets all links lead through its own address.
  for (const link of document.querySelectorAll(redirect)) {
    const address = link.getAttribute('href') ?? ''
    const target = URL.canParse(address) ? new URL(address).searchParams.get('q') : null
    if (target && isWebUrl(target)) link.setAttribute('href', target)
  }
  const program = programs.find(({ sign }) => document.querySelector(sign))
  if (!program) return false
  const missing = Object.entries(program.facts ?? {}).filter(([name]) => !isStated(document, name))
  const facts = missing.flatMap(([name, places]) => {
    const elements = [...document.querySelectorAll(places)]
    const own = ofOneRow(elements, name)
    return own.slice(0, mostFacts).map((element) => [name, saidIn(element, name)] as const)
  })
  const isDraft = program.ofPublished !== undefined && !document.querySelector(program.ofPublished)
  for (const element of document.querySelectorAll(program.furniture)) element.remove()
  for (const [name, content] of facts) stateFact(document, name, content)
  if (program.parts) joinParts(document, program.parts)
  return isDraft
}

/** How rows of a table are called that state a fact, and those that state something else of the same kind. */
const wanted: Readonly<Record<string, RegExp>> = {
  author: /author|writ|autor|auteur|yazar|автор|作者|著者|작성/i,
  'article:published_time': /publi|post|veröff|yayın|опубл|发布|公開|게시/i,
}
const unwanted = /due|deadline|review|check|edit|until|event|remind|frist/i

/** Of facts that only one row may state, those of the row that is called so, or else of the first. */
function ofOneRow(elements: readonly Element[], name: string): readonly Element[] {
  const known = wanted[name]
  const rowOf = (element: Element) => element.closest('tr')
  const labelOf = (element: Element) => rowOf(element)?.querySelector('th')?.textContent ?? ''
  if (!known) return elements
  const may = elements.filter((element) => !unwanted.test(labelOf(element)))
  const first = may.find((element) => known.test(labelOf(element))) ?? may[0]
  const row = first && rowOf(first)
  return row ? may.filter((element) => row.contains(element)) : may
}

function joinParts(document: Document, selector: string): void {
  const article = document.createElement('article')
  for (const part of outermost([...document.querySelectorAll(selector)])) {
    const isBox = part.localName === 'div'
    for (const node of isBox ? [...part.childNodes] : [part]) article.append(node)
  }
  const body = document.querySelector('body')
  if (body) body.innerHTML = ''
  body?.append(article)
}

const isStated = (document: Document, name: string) =>
  document.querySelector(`meta:is([name="${name}" i], [property="${name}" i])`) !== null

const saidIn = (element: Element, name: string) =>
  element.getAttribute(name === 'og:url' ? 'href' : 'datetime') ??
  cleanLine(element.textContent).replace(label, '').replace(/¶$/, '')

function stateFact(document: Document, name: string, content: string): void {
  const fact = document.createElement('meta')
  fact.setAttribute('name', name)
  fact.setAttribute('content', content)
  document.querySelector('head')?.append(fact)
}
