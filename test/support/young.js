/** Prints how large the young generation of a thread can get that may have 12 MB of it; MB, of which V8 counts two thirds. */
import { getHeapSpaceStatistics } from 'node:v8'
import { isMainThread } from 'node:worker_threads'
import { answerCalls, startThread } from '../../src/thread.ts'

/** Makes far more short-lived objects than fit. */
function largest() {
  let most = 0
  const kept = []
  for (let n = 0; n < 3_000_000; n += 1) {
    kept[n % 200_000] = { n }
    if (n % 10_000 !== 0) continue
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
    most = Math.max(most, young?.space_size ?? 0)
  }
  return most / 1024 / 1024
}

if (isMainThread) {
  process.argv = [process.execPath, 'newsstand', '--version']
  await import('../../src/start.js')
  const thread = startThread(new URL(import.meta.url), {}, 12)
  process.stdout.write(`young: ${await thread.ask('largest')}\n`)
  await thread.close()
} else answerCalls({ largest })
