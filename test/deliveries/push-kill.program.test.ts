import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { killWhilePushing } from '../support/push-killing.ts'

const plan = { changes: 15, subscribers: 50, lifeMs: 1000, pauseMs: 700, seed: 18 }

it('tells every subscriber the newest, however often it is killed while it does', async () => {
  const found = await killWhilePushing(temporaryFolder(), plan)
  expect(found).toMatchObject({ left: [], outOfOrder: 0, problems: [] })
  expect(found.killsHalfWay).toBeGreaterThan(0)
  // At most what was under way comes once more, and that may be all of it.
  expect(found.mostRepeats).toBeLessThanOrEqual(plan.subscribers)
})
