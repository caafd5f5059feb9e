/** Footnotes that a page has in boxes of their own, made lists, as those of Markdown are. */
import { cleanLine, escapeAttribute } from '../../../text.ts'
import type { Element } from '../lines/page-elements.ts'

/** An article has fewer. */
const mostNotes = 500

/** `<div class="footnote"><a class="footnote-number" href="#anchor">1</a><div class="footnote-content">…`, as Substack has them. */
export function listNotes(root: Element): void {
  for (const anchor of [...root.querySelectorAll('a.footnote-anchor')].slice(0, mostNotes)) {
    anchor.setAttribute('href', `#${fragmentOf(anchor)}`)
    if (!anchor.closest('sup')) anchor.outerHTML = `<sup>${anchor.outerHTML}</sup>`
  }
  const runs: Element[][] = []
  for (const box of [...root.querySelectorAll('div.footnote')].slice(0, mostNotes)) {
    if (!box.querySelector('a.footnote-number') || !box.querySelector('.footnote-content')) continue
    const run = runs.at(-1)
    if (run?.at(-1)?.nextElementSibling === box) run.push(box)
    else runs.push([box])
  }
  for (const [first, ...others] of runs) {
    if (!first) continue
    const items = [first, ...others].map(itemOf).join('')
    for (const other of others) other.remove()
    const number = Number(cleanLine(first.querySelector('a.footnote-number')?.textContent ?? ''))
    first.outerHTML = `<ol${number > 1 ? ` start="${number}"` : ''}>${items}</ol>`
  }
}

function itemOf(box: Element): string {
  const number = box.querySelector('a.footnote-number')
  const content = box.querySelector('.footnote-content')
  const id = number?.getAttribute('id') ?? box.getAttribute('id') ?? ''
  const back = number ? fragmentOf(number) : ''
  const link = back === '' ? '' : `<p><a href="#${escapeAttribute(back)}">↩\uFE0E</a></p>`
  return `<li id="${escapeAttribute(id)}">${content?.innerHTML ?? ''}${link}</li>`
}

const fragmentOf = (link: Element) => (link.getAttribute('href') ?? '').split('#')[1] ?? ''
