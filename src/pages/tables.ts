import type { Change } from '../html.ts'

/** A table that is wider than the page scrolls by itself, with the keyboard too (WCAG 2.1.1). */
export const scrollTables: Change = (next) => ({
  open(name, attributes) {
    if (name === 'table') {
      next.open('div', { class: 'wide', tabindex: '0', role: 'group', 'aria-label': 'Table' })
    }
    next.open(name, attributes)
  },
  close(name) {
    next.close(name)
    if (name === 'table') next.close('div')
  },
  text: (text) => next.text(text),
})
