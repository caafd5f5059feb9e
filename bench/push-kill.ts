/** What becomes of deliveries when the program is killed again and again. */
import { killWhilePushing } from '../test/support/push-killing.ts'
import { workspace, yesNo } from './measure.ts'
import { programCore } from './push-process.ts'
import { thousands } from './push-site.ts'

const plan = { changes: 100, subscribers: 200, lifeMs: 3000, pauseMs: 600, seed: 18 }

export async function kill(): Promise<string[][]> {
  const found = await killWhilePushing(workspace(), { ...plan, through: programCore })
  const { kills, killsHalfWay, receipts, repeats, mostRepeats, outOfOrder, left } = found
  for (const problem of found.problems) console.log(problem)
  const isWell = left.length === 0 && outOfOrder === 0 && found.problems.length === 0
  return [
    [
      `kill: ${plan.changes} changes, ${plan.subscribers} subscribers: end with the newest`,
      thousands(plan.subscribers - left.length),
      `${kills} kills, ${killsHalfWay} while documents were under way; ${outOfOrder} sent out of order`,
      'all',
      yesNo(isWell),
    ],
    [
      'kill: documents that came again',
      `${thousands(repeats)} of ${thousands(receipts)}`,
      `${mostRepeats} at most after one kill`,
    ],
  ]
}
