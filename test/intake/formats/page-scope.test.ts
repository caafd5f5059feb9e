import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { withoutLists } from '../../../src/intake/formats/html/page-scope.ts'
import type { Document, Element } from '../../../src/intake/formats/lines/page-elements.ts'

const sentence =
  'The keepers of the lighthouse counted the gulls for a year, and now they know that there are more of them than before.'
const paragraphs = (count: number) => `<p>${sentence}</p>`.repeat(count)
const menu = `<ul>${'<li><a href="/a">A headline of another story about boats</a></li>'.repeat(20)}</ul>`

function contentOf(html: string): Element {
  const document: Document = parseHTML(`<html><body><main>${html}</main></body></html>`).document
  return document.querySelector('main') as Element
}

test('of menus and lists around a story nothing is read', () => {
  const content = contentOf(
    `${menu}<div id="s">${paragraphs(4)}</div>${menu}<div>${paragraphs(1)}</div>`,
  )
  expect(withoutLists(content).getAttribute('id')).toBe('s')
})

test('a story in several parts is read with all of them', () => {
  const content = contentOf(`${menu}<div>${paragraphs(3)}</div><div>${paragraphs(2)}</div>${menu}`)
  expect(withoutLists(content)).toBe(content)
})

test('a story of which most stands in one part is read with what is no link', () => {
  const content = contentOf(
    `<div>${paragraphs(4)}</div><table><tr><td>${sentence.repeat(9)}</td></tr></table>`,
  )
  expect(withoutLists(content)).toBe(content)
})

test('what a page marks as its text is read without a few words around it', () => {
  const content = contentOf(
    `<b>Entered</b><div itemprop="articleBody" id="s">${paragraphs(4)}</div><h3>What else</h3>`,
  )
  expect(withoutLists(content).getAttribute('id')).toBe('s')
})

test('sentences and figures beside what a page marks as its text are read', () => {
  const figure = '<figure><img src="https://example.org/a.jpg" alt=""></figure>'
  for (const beside of [paragraphs(1), figure]) {
    const content = contentOf(`${beside}<div itemprop="articleBody">${paragraphs(4)}</div>`)
    expect(withoutLists(content)).toBe(content)
  }
})
