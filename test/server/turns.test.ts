/** Who waits for a turn. */
import { expect, test } from 'vitest'
import { Turns } from '../../src/server/turns.ts'

const forever = new AbortController().signal

test('So many go on at once, and the next one when one of them is done', async () => {
  const turns = new Turns(2)
  const end = await turns.take(forever)
  await turns.take(forever)
  const order: string[] = []
  const third = turns.take(forever).then(() => order.push('third'))
  await Promise.resolve()
  order.push('end')
  end?.()
  await third
  expect(order).toEqual(['end', 'third'])
})

test('Who has gone is not waited for', async () => {
  const turns = new Turns(1)
  const end = await turns.take(forever)
  const gone = new AbortController()
  const second = turns.take(gone.signal)
  const third = turns.take(forever)
  gone.abort()
  expect(await second).toBeUndefined()
  expect(await turns.take(gone.signal)).toBeUndefined()
  end?.()
  expect(await third).toBeTypeOf('function')
})
