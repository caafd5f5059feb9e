import { afterAll, expect, test } from 'vitest'
import type { Article } from '../../src/article.ts'
import { temporaryFolder } from '../support/folder.ts'
import { inputOf } from '../support/inputs.ts'
import { asPublished, openTrial } from '../support/trial.ts'

/** INPUTS and SEED try as many others as one likes, FIRST and INPUTS one of them alone. */
const { INPUTS = '2000', SEED = '1', FIRST = '0' } = process.env
const [count, seed, first] = [INPUTS, SEED, FIRST].map(Number) as [number, number, number]
const portion = Math.min(200, count)

let articles = 0
let rejections = 0

test.each(Array.from({ length: count / portion }, (_, n) => first + n * portion))(
  'bad input becomes a right article in every format and as a page, or a rejection: from %i',
  async (from) => {
    const trial = await openTrial(temporaryFolder())
    const read: Article[] = []
    for (let number = from; number < from + portion; number += 1) {
      const input = inputOf(seed, number)
      try {
        const outcome = await trial.read(input)
        if (outcome.kind === 'rejected') rejections += 1
        if (outcome.kind !== 'article') continue
        const article = asPublished(outcome, `${number}-${input.name}`)
        await trial.render(article)
        read.push(article)
      } catch (error) {
        throw new Error(`input ${number}, ${input.name}: ${input.bytes.toString()}`, {
          cause: error,
        })
      }
    }
    await trial.renderAll(read)
    articles += read.length
    await trial.close()
  },
)

afterAll(() => {
  // Else the inputs would no longer try what they are for.
  if (count < 2000) return
  expect(articles / count).toBeGreaterThan(0.4)
  expect(rejections / count).toBeGreaterThan(0.2)
})
