import { afterAll, expect, test } from 'vitest'
import type { Article } from '../../src/article.ts'
import { temporaryFolder } from '../support/folder.ts'
import { inputOf } from '../support/inputs.ts'
import { asPublished, openTrial } from '../support/trial.ts'

/** bench/fuzz.ts tries as many as one likes; `--seed 1 --only n` tries one of these alone. */
const seed = 1
const portion = 200

let articles = 0
let rejections = 0

test.each(Array.from({ length: 10 }, (_, n) => n * portion))(
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
  expect(articles).toBeGreaterThan(800)
  expect(rejections).toBeGreaterThan(400)
})
