import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './support/folder.ts'
import { type Killing, killAgainAndAgain } from './support/killing.ts'

/** KILLS and SEED try as many others as one likes, and print what Newsstand was at when they hit. */
const kills = Number(process.env.KILLS ?? 25)
const seed = Number(process.env.SEED ?? 11)
const patienceMs = kills * 16_000

/** @returns how many kills hit */
async function survived(plan: Pick<Killing, 'runs' | 'seed' | 'onlyNew'>): Promise<number> {
  const stages = await killAgainAndAgain(temporaryFolder(), { ...plan, every: 5, files: 200 })
  if (process.env.KILLS) console.log(Object.fromEntries(stages))
  return [...stages.values()].reduce((total, hits) => total + hits, 0)
}

describe('a Newsstand that is killed at any moment', () => {
  it(
    'is, restarted, as one that was not killed, whatever happened to the files',
    async () => {
      const runs = Math.ceil((kills * 2) / 3)
      expect(await survived({ runs, seed, onlyNew: false })).toBe(runs)
    },
    patienceMs,
  )

  it(
    'is as a clean build, where files were only added and deleted',
    async () => {
      const runs = Math.floor(kills / 3)
      expect(await survived({ runs, seed: seed + 1, onlyNew: true })).toBe(runs)
    },
    patienceMs,
  )
})
