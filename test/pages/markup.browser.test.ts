import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launch } from '../support/browser.ts'
import {
  allowedAddress,
  allowedAttributes,
  allowedElements,
  formulaElements,
  nastyHtml,
  rendered,
} from '../support/markup.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

/** What the browser has, of which Node knows nothing. */
declare const DOMParser: new () => {
  // biome-ignore lint/suspicious/noExplicitAny: a document
  parseFromString(html: string, type: string): any
}

/** Runs in the browser: what is wrong with each of these, where anything is. */
function faultsIn([list, elements, formulas, attributes, address]: [
  string[],
  string[],
  string[],
  string[],
  string,
]) {
  const isAddress = new RegExp(address)
  return list.map((html) => {
    const frame = `<main><article><div id="body">${html}</div><p id="end">e</p></article></main><footer id="foot"></footer>`
    const parsed = new DOMParser().parseFromString(`<!doctype html><body>${frame}`, 'text/html')
    const body = parsed.getElementById('body')
    const end = parsed.getElementById('end')
    if (!body || end?.previousElementSibling !== body) return 'it reaches out of its element'
    if (parsed.getElementById('foot')?.parentElement !== parsed.body)
      return 'it ends what is around it'
    for (const { localName, namespaceURI, attributes: own } of body.querySelectorAll('*')) {
      const allowed =
        namespaceURI === 'http://www.w3.org/1999/xhtml'
          ? elements
          : namespaceURI === 'http://www.w3.org/1998/Math/MathML'
            ? formulas
            : []
      if (!allowed.includes(localName)) return `<${localName}>`
      for (const { name, value } of own) {
        if (!attributes.includes(name)) return `${name}="${value}"`
        const isLink = ['href', 'src', 'poster'].includes(name)
        if (isLink && !isAddress.test(value)) return `${name}="${value}"`
      }
    }
    return ''
  })
}

it('HTML has allowed elements and attributes only, whatever was written, as a browser reads it', async () => {
  const page = await browser.newPage()
  for (let first = 1; first <= 4000; first += 1000) {
    const inputs = Array.from({ length: 1000 }, (_, n) => nastyHtml(first + n))
    const list = inputs.flatMap((html) => Object.values(rendered(html)))
    const faults = await page.evaluate(faultsIn, [
      list,
      allowedElements,
      formulaElements,
      allowedAttributes,
      allowedAddress.source,
    ] as [string[], string[], string[], string[], string])
    const found = faults.flatMap((fault, n) => (fault ? [[fault, inputs[n >> 1], list[n]]] : []))
    expect(found.slice(0, 3)).toEqual([])
  }
})
