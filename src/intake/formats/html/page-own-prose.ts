/** What the words of a box say of whose they are: a story's own, whatever the box is called. */
import { cleanLine } from '../../../text.ts'
import { bylineIn } from '../lines/page-byline.ts'
import type { Element } from '../lines/page-elements.ts'
import { isProse, outermost, type SizeOf } from '../lines/page-sizes.ts'
import { isBare } from '../lines/page-when.ts'
import { requests } from './page-forms.ts'
import { calls, closings, notices } from './story-endings.ts'

const parts = 'p, h2, h3, h4, ul, ol, blockquote, figure, table, pre'

/** What readers, forms and portraits bring. */
const others =
  'form, input, textarea, button, nav, time, article, li p, cite, [rel~="author"], [class*="author" i], [class*="avatar" i], [class*="byline" i], [class*="reply" i]'

const ending = /[.!?…]["”’»)\]]?$/u

/** Who wrote, and what that person does. */
const life =
  /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){1,3} (?:is|was|has|writes|covers|reports|works|joined|ist|schreibt|arbeitet|berichtet|est|écrit|es|escribe|è|scrive|é|escreve)(?!\p{L})/u

/** A correction may be short. */
const leastNote = 30

/** Whether a paragraph says something, and neither asks for anything, nor says who wrote, nor is mostly links. */
export function tells(paragraph: Element, sizeOf: SizeOf): boolean {
  const size = sizeOf(paragraph)
  if (size.text < leastNote || (size.linked > 0 && !isProse(size))) return false
  if (size.linked * 4 > size.text || paragraph.querySelector(others)) return false
  const text = cleanLine(paragraph.textContent)
  return (
    ending.test(text) &&
    ![requests, calls, closings, notices, life].some((words) => words.test(text)) &&
    !isBare(text) &&
    bylineIn(paragraph).length === 0
  )
}

/** Whether a box has nothing in it but sentences, some of which say something, with headings, lists and figures of theirs. */
export function isOwnProse(box: Element, sizeOf: SizeOf): boolean {
  const { text, linked } = sizeOf(box)
  if (linked * 4 > text || box.querySelector(others)) return false
  const all = outermost([...box.querySelectorAll(parts)])
  const sum = all.reduce((size, part) => size + sizeOf(part).text, 0)
  const paragraphs = all.filter(({ localName }) => localName === 'p')
  return (
    sum === text &&
    paragraphs.some((one) => isProse(sizeOf(one)) && tells(one, sizeOf)) &&
    paragraphs.every((one) => sizeOf(one).text === 0 || isSentence(one, sizeOf))
  )
}

const isSentence = (paragraph: Element, sizeOf: SizeOf) =>
  isProse(sizeOf(paragraph))
    ? tells(paragraph, sizeOf)
    : ending.test(cleanLine(paragraph.textContent))
