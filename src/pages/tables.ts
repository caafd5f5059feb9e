import type { Change, Pieces } from '../html.ts'
import type { Words } from '../words/en.ts'

/** A number and its unit, such as "3,42 m", "1 200 km" or "€ 12". Short, so that no line gets long. */
const measure =
  /(?<!\S)(?:\p{Sc} \p{Nd}\S{0,15}|[^\s\p{L}]{0,15}\p{Nd}[^\s\p{L}]{0,15}(?: \S{1,3}(?!\S)){1,3})/gu

/**
 * A table that is wider than the page scrolls by itself, with the keyboard too (WCAG 2.1.1). In one that only just
 * fits, words break over lines before a number leaves its unit.
 */
export const scrollTables =
  ({ table }: Words): Change =>
  (next) => {
    let depth = 0
    return {
      open(name, attributes) {
        if (name === 'table') {
          depth += 1
          next.open('div', { class: 'wide', tabindex: '0', role: 'group', 'aria-label': table })
        }
        next.open(name, attributes)
      },
      close(name) {
        next.close(name)
        if (name !== 'table') return
        depth -= 1
        next.close('div')
      },
      text: (text) => (depth > 0 ? withMeasures(text, next) : next.text(text)),
    }
  }

function withMeasures(text: string, next: Pieces): void {
  let told = 0
  for (const { 0: found, index } of text.matchAll(measure)) {
    next.text(text.slice(told, index))
    next.open('span', { class: 'unbroken' })
    next.text(found)
    next.close('span')
    told = index + found.length
  }
  next.text(text.slice(told))
}
