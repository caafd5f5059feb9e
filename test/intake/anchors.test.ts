import { expect, test } from 'vitest'
import { anchorLink, anchorOf, slugOfHeading } from '../../src/intake/anchors.ts'

test.each([
  ['more', '_more'],
  ['_more', '_more'],
  [' a b\n', '_ab'],
  ['fn:1', '_fn:1'],
  ['', ''],
  ['x'.repeat(201), ''],
])('the id %j is %j on our pages, and stays that', (id, anchor) => {
  expect(anchorOf(id)).toBe(anchor)
  expect(anchorOf(anchor)).toBe(anchor)
})

test.each([
  ['#more', '#_more'],
  ['#%C3%BC', '#_%C3%BC'],
  ['#ü', '#_%C3%BC'],
  ['#100%', '#_100%25'],
  ['#', undefined],
])('a link to %j leads to %j', (link, anchor) => {
  expect(anchorLink(link)).toBe(anchor)
})

test.each([
  ['Green paint!', 'green-paint'],
  ['C++ & `node.js`', 'c--nodejs'],
  ['Ünal_1 – two', 'ünal_1--two'],
])('the heading %j has the id %j', (text, id) => {
  expect(slugOfHeading(text)).toBe(id)
})
