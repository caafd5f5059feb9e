/** The dek of a web page, which its publisher may state cut off. */
import { plainTextOf } from '../../../html-text.ts'
import { cleanLine } from '../../../text.ts'
import type { Document, Element } from '../lines/page-elements.ts'
import { sizesIn } from '../lines/page-sizes.ts'
import { isBare } from '../lines/page-when.ts'
import { classesOf } from './page-classes.ts'
import { jsonLdObjects, type Meta, type Stated } from './page-facts.ts'
import { lettersOf } from './page-heading.ts'

const cut = /\s*(?:\[?(?:…|\.{3})\]?)$/u

/** So much of a text that is cut tells whose beginning it is. */
const leastBeginning = 20

/**
 * The first of the descriptions; of one that is cut, a whole one that begins so; where none is stated, what stands below
 * the heading and is named as the dek.
 */
export function dekOf(
  document: Document,
  stated: Stated,
  meta: Meta,
  headings: readonly Element[],
): string | undefined {
  const all = [
    ...stated('description'),
    ...meta('og:description'),
    ...meta('description'),
    ...meta('twitter:description'),
    ...stated('alternativeHeadline'),
  ]
    .map((text) => (isHtml.test(text) ? plainTextOf(text) : text))
    // What a program has cut within a character says less than what stands below the heading.
    .filter((text) => !text.includes('\uFFFD'))
  const slogans = slogansOf(document)
  const dek =
    all.find((text) => text !== '' && !slogans.has(lettersOf(text))) ?? shownDek(document, headings)
  const start = beginningOf(cleanLine(dek ?? ''))
  if (!start) return dek
  const own = [...document.querySelectorAll(mayBeNamed)].slice(0, mostNamed)
  const letters = lettersOf(start)
  const whole = [...all, ...own.map((element) => element.textContent.slice(0, longest))]
    .map(cleanLine)
    .find((text) => lettersOf(text).startsWith(letters) && beginningOf(text) === undefined)
  return whole ?? dek
}

/** What the site says of itself, below its name or for machines: without a description of the story some state that. */
function slogansOf(document: Document): ReadonlySet<string> {
  const shown = [...document.querySelectorAll(slogans)].slice(0, mostNamed)
  const ofSite = jsonLdObjects(document).filter((one) =>
    /WebSite|Organization/.test(String(one['@type'])),
  )
  const texts = [
    ...shown.map((one) => one.textContent.slice(0, longest)),
    ...ofSite.map((one) => String(one.description ?? '')),
  ]
  return new Set(texts.map(lettersOf))
}

const slogans = ['site-description', 'site-slogan', 'site-tagline', 'blog-description']
  .flatMap((name) => [`[class~="${name}" i]`, `[id="${name}" i]`])
  .join(', ')

/** Some state a paragraph with its tags. */
const isHtml = /^<(?:p|div|span)(?:\s[^>]*)?>/i

const mayBeNamed =
  '[class*="dek" i], [class*="standfirst" i], [class*="subtitle" i], [class*="lead" i]'
const mostNamed = 50
const longest = 1000

const namedDek =
  /^(?:[a-z]+-)*(?:dek|standfirst|sub-?title|sub-?head(?:ing|line)?|summary|lead-in|excerpt|description|abstract|intro(?:duction)?|teaser)(?:-[a-z]+)*$/

/** Of these names some are those of the first paragraph elsewhere, which stays in the text. */
const ofFirstParagraph = /intro|summary|abstract|description|teaser/
const shownIn = 'p, h2, h3, h4, h5, div, span, em'
const longestShown = 400
/** A heading and its dek have so many boxes around them that have nothing else in common. */
const mostSteps = 2

function shownDek(document: Document, headings: readonly Element[]): string | undefined {
  const root = document.querySelector('body')
  if (!root) return undefined
  const sizeOf = sizesIn(root)
  const isDek = (element: Element) => {
    const { text, linked, shown } = sizeOf(element)
    if (text === 0 || text > longestShown || text * 4 > sizeOf(root).text) return false
    if (shown > 0 || linked * 2 > text || !isNamedDek(element) || isFirstParagraph(element))
      return false
    return !isBare(cleanLine(element.textContent))
  }
  for (const heading of headings) {
    let one: Element | null = heading
    for (let step = 0; step < mostSteps && one; step += 1) {
      const next: Element | null = one.nextElementSibling
      const found =
        next && [next, ...next.querySelectorAll(shownIn)].slice(0, mostNamed).find(isDek)
      if (found) return cleanLine(found.textContent)
      one = one.parentElement
    }
  }
  return undefined
}

const isFirstParagraph = (element: Element) =>
  classesOf(element).some((name) => ofFirstParagraph.test(name))

/** Whether a class says that it is the dek of what it stands in. */
export const isNamedDek = (element: Element) =>
  classesOf(element).some((name) => namedDek.test(name))

/** Whether a story begins with its dek, or a dek is cut off from one of its paragraphs, which say the same and more. */
export function isOfStory(story: Element, dek: string): boolean {
  const line = cleanLine(dek)
  const [first, ...others] = [...story.querySelectorAll('p')]
    .map((one) => lettersOf(one.textContent))
    .filter((text) => text !== '')
  if (line === '' || first === undefined) return false
  if (lettersOf(line) === first) return true
  const start = beginningOf(line) ?? (isCutOff(line) ? line : undefined)
  if (!start) return false
  const begin = lettersOf(start)
  const opening = [first, ...others.slice(0, fewParagraphs)].join('')
  return [opening, ...others].some((one) => one.startsWith(begin))
}

/** What some systems cut after so many characters, without a sign. */
const isCutOff = (line: string) => line.length >= leastCut && /[\p{L}\p{N},]$/u.test(line)
const leastCut = 100
/** So many may begin a story that is stated so. */
const fewParagraphs = 5

/** What stands before the dots; undefined for a text that ends in none. */
function beginningOf(text: string): string | undefined {
  const start = text.replace(cut, '')
  return start !== text && start.length >= leastBeginning ? start : undefined
}
