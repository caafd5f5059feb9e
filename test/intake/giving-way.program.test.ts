import { readdirSync } from 'node:fs'
import { getPriority } from 'node:os'
import { expect, it, onTestFinished } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { createIntake } from '../../src/intake/intake.ts'
import { temporaryFolder } from '../support/folder.ts'

/** Of the thread of this process that gives way most, on Linux. */
const mostNice = () =>
  Math.max(...readdirSync('/proc/self/task').map((id) => getPriority(Number(id))))

it('lets requests come first from when there may be some, and not before', async (context) => {
  if (process.platform !== 'linux') context.skip('elsewhere a thread has no priority of its own')
  const folder = temporaryFolder({ 'a.txt': 'An article.' })
  const intake = createIntake(loadConfig({ ARTICLES_DIR: folder }, folder))
  onTestFinished(() => intake.close())
  await intake.survey(undefined, false, true)
  await intake.finish(true)
  expect(mostNice()).toBe(getPriority())
  await intake.survey()
  await intake.finish(true)
  expect(mostNice()).toBe(Math.max(getPriority(), 10))
})
