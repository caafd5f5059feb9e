import type { Change } from '../html.ts'
import type { Words } from '../words/en.ts'

/** A table that is wider than the page scrolls by itself, with the keyboard too (WCAG 2.1.1). */
export const scrollTables =
  ({ table }: Words): Change =>
  (next) => ({
    open(name, attributes) {
      if (name === 'table') {
        next.open('div', { class: 'wide', tabindex: '0', role: 'group', 'aria-label': table })
      }
      next.open(name, attributes)
    },
    close(name) {
      next.close(name)
      if (name === 'table') next.close('div')
    },
    text: (text) => next.text(text),
  })
