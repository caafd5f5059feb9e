import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { startPostgres } from '../support/postgres.ts'
import { troubleReplicas } from '../support/replicas.ts'

/** ROUNDS and SEED try as many others as one likes, and print what happened. */
const rounds = Number(process.env.ROUNDS ?? 25)
const seed = Number(process.env.SEED ?? 20)

it(
  'three replicas stay one site, whatever happens to them and to the database',
  async () => {
    const postgres = await startPostgres()
    onTestFinished(() => postgres[Symbol.asyncDispose]())
    const log = process.env.ROUNDS ? console.log : () => {}
    const plan = { replicas: 3, rounds, files: 60, seed, log }
    const { happened, answers, takeovers } = await troubleReplicas(
      temporaryFolder(),
      postgres,
      plan,
    )
    if (process.env.ROUNDS) console.log(happened, answers, takeovers)
    expect(answers.get(200)).toBeGreaterThan(rounds)
    expect(answers.get(502)).toBeUndefined()
    expect(Math.max(0, ...takeovers)).toBeLessThan(12_000)
  },
  rounds * 30_000,
)
