import { describe, expect, it } from 'vitest'
import { killAgainAndAgain } from '../bench/killing.ts'
import { temporaryFolder } from './support/folder.ts'

const sum = (stages: ReadonlyMap<string, number>) =>
  [...stages.values()].reduce((total, hits) => total + hits, 0)

describe('a Newsstand that is killed at any moment', () => {
  it('is, restarted, as one that was not killed, whatever happened to the files', async () => {
    const plan = { runs: 17, every: 5, files: 200, seed: 11, onlyNew: false }
    expect(sum(await killAgainAndAgain(temporaryFolder(), plan))).toBe(17)
  }, 400_000)

  it('is as a clean build, where files were only added and deleted', async () => {
    const plan = { runs: 8, every: 5, files: 200, seed: 12, onlyNew: true }
    expect(sum(await killAgainAndAgain(temporaryFolder(), plan))).toBe(8)
  }, 400_000)
})
