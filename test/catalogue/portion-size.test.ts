/** How many rows of PostgreSQL's are read in one go. */
import { expect, it } from 'vitest'
import { PortionSize } from '../../src/catalogue/postgres/remote-rows.ts'

const rows = (count: number, length: number) =>
  Array.from({ length: count }, () => [1, 'x'.repeat(length)])

it('grows to a thousand of short ones, also where none is found', () => {
  const portion = new PortionSize()
  const sizes = Array.from({ length: 9 }, (_, n) => {
    portion.note(n % 2 === 0 ? rows(portion.rows, 30) : [])
    return portion.rows
  })
  expect(sizes).toEqual([20, 40, 80, 160, 320, 640, 1000, 1000, 1000])
})

it('is as many as have four million characters, and one where one has more', () => {
  const portion = new PortionSize()
  portion.note(rows(10, 2_000_000))
  expect(portion.rows).toBe(2)
  portion.note(rows(2, 5_000_000))
  expect(portion.rows).toBe(1)
  portion.note(rows(1, 100))
  expect(portion.rows).toBe(2)
})
