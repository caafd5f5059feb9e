import { expect, test } from 'vitest'
import { drawingSize } from '../../src/intake/drawing-size.ts'
import { cpuTime } from '../support/cpu-time.ts'

const sizeOf = (attributes: string) => drawingSize(`<svg ${attributes}><path/></svg>`)

test.each([
  ['width="30" height="20.4"', 30, 20],
  ['width="1in" height="72pt" viewBox="0 0 9 9"', 96, 96],
  ['viewBox="-5 -5 300.4 200"', 300, 200],
  ["viewBox='0,0,300,200' width='100%'", 300, 200],
  ['viewBox="0 0 300 200" width="150"', 150, 100],
  ['viewBox="0 0 300 200" height="10mm"', 57, 38],
])('a drawing has the size that it states: %s', (attributes, width, height) => {
  expect(sizeOf(attributes)).toEqual({ width, height })
})

test.each([
  '',
  'width="9"',
  'width="100%" height="100%"',
  'viewBox="0 0 0 0"',
  'viewBox="0 0 a b"',
  'width="-5" height="1e99"',
])('a drawing may state none: %s', (attributes) => {
  expect(sizeOf(attributes)).toEqual({})
})

test('a drawing is what has it as its root, whatever stands before', () => {
  const doctype = '<!DOCTYPE svg [ <!ENTITY ns "http://example.org/"> ]>'
  const before = `\ufeff<?xml version="1.0"?><!--${'drawn '.repeat(1000)}-->${doctype}\n`
  expect(drawingSize(`${before}<s:svg xmlns:s="a" width="3" height="4">`)).toEqual({
    width: 3,
    height: 4,
  })
  for (const other of ['', 'svg', '<html><svg width="3" height="4"/></html>', '<svgs/>']) {
    expect(drawingSize(other), other).toBeUndefined()
  }
})

test('what begins a drawing again and again is read in no time', () => {
  for (const piece of [
    '<svg ',
    '<svg a="',
    '<!--',
    '<!DOCTYPE ',
    '<?',
    '<![CDATA[',
    'x viewBox=',
  ]) {
    const start = `<svg ${piece.repeat(50_000)}`
    const begun = cpuTime()
    drawingSize(start)
    expect(cpuTime() - begun, piece).toBeLessThan(500)
  }
})
