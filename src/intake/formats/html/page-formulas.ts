/** Formulas of a web page that a script in the browser shows: MathJax and KaTeX read TeX. */
import { escapeText } from '../../../text.ts'
import type { CharacterData, Document, Element } from '../lines/page-elements.ts'
import {
  createTexReader,
  isFormula,
  longestFormula,
  type Tex,
  type TexReader,
} from '../lines/tex.ts'

/** What such a script has made of a formula in a saved page, before the TeX. */
const shown = /^MathJax/
const ofScripts = 'script[type^="math/tex" i]'
const marked = '.math.inline, .math.display'
const readers = 'script[src*="mathjax" i], script[src*="katex" i]'
/** NodeFilter.SHOW_TEXT (dom.spec.whatwg.org) */
const showText = 4
const notRead = 'pre, code, script, style, textarea, math'

/** What a formula begins with, and ends with. */
const beginning = /\\\(|\\\[|\$\$/g
const ends: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', $$: '$$' }

/** What is beyond these in a page stays as it is written. */
const mostBeginnings = 5000

/** What pandoc marks as a formula, between brackets or dollars: without these it has made HTML of it. */
const whole = /^(?:\\\(([\s\S]*)\\\)|\\\[([\s\S]*)\\\]|\$\$?([\s\S]*?)\$\$?)$/

/** Puts MathML in place of the TeX in a page, where that is TeX that we know. */
export async function showFormulas(document: Document): Promise<void> {
  const elements = [...document.querySelectorAll(ofScripts), ...markedIn(document)]
  const texts = document.querySelector(readers) ? textsWithTex(document) : []
  if (elements.length + texts.length === 0) return
  const mathMlOf = await createTexReader()
  for (const element of elements) {
    const mathMl = mathMlOf(texOf(element))
    if (!mathMl) continue
    if (element.localName === 'script') removeShown(element)
    element.outerHTML = mathMl
  }
  const room = { left: mostBeginnings }
  for (const text of texts) {
    const parts = document.createElement('span')
    parts.innerHTML = htmlOf(text.textContent, mathMlOf, room)
    text.replaceWith(...parts.childNodes)
  }
}

function removeShown(script: Element): void {
  for (let at = script.previousElementSibling; at; at = script.previousElementSibling) {
    if (!shown.test(at.getAttribute('class') ?? '')) return
    at.remove()
  }
}

/** Elements that have TeX in them and nothing else. */
const markedIn = (document: Document) =>
  [...document.querySelectorAll(marked)].filter(
    (element) => element.querySelector('*') === null && whole.test(element.textContent.trim()),
  )

function texOf(element: Element): Tex {
  const text = element.textContent.trim()
  if (element.localName === 'script') {
    return { tex: text, isBlock: /mode=display/i.test(element.getAttribute('type') ?? '') }
  }
  const isBlock = /\bdisplay\b/.test(element.getAttribute('class') ?? '')
  const [, inline, block, dollars] = whole.exec(text) ?? []
  return { tex: inline ?? block ?? dollars ?? '', isBlock }
}

function textsWithTex(document: Document): CharacterData[] {
  const walker = document.createTreeWalker(document, showText)
  const found: CharacterData[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const mayHave = /\\[([]|\$\$/.test(node.textContent)
    if (mayHave && !node.parentElement?.closest(notRead)) found.push(node)
  }
  return found
}

/** @param room for beginnings of formulas, which is used up */
function htmlOf(text: string, mathMlOf: TexReader, room: { left: number }): string {
  let html = ''
  let from = 0
  for (const { index, 0: sign } of text.matchAll(beginning)) {
    if (index < from) continue
    if (room.left-- <= 0) break
    const start = index + sign.length
    const length = text.slice(start, start + longestFormula).indexOf(ends[sign] ?? '')
    if (length <= 0) continue
    const tex = text.slice(start, start + length)
    // Dollars are money too, and brackets with strokes are of regular expressions.
    const mathMl = isFormula(tex.trim()) && mathMlOf({ tex, isBlock: sign !== '\\(' })
    if (!mathMl) continue
    html += escapeText(text.slice(from, index)) + mathMl
    from = start + length + sign.length
  }
  return html + escapeText(text.slice(from))
}
