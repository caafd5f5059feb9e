/**
 * Loaded into the server by `--import`, with `--expose-gc`: at SIGUSR2 it collects garbage and writes
 * process.memoryUsage() into the file that HEAP_FILE names, so that the product needs no way to do so.
 */
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const file = process.env.HEAP_FILE
if (isMainThread && file) {
  process.on('SIGUSR2', () => {
    globalThis.gc?.()
    // What the first pass has freed weakly held things for goes in the second.
    setImmediate(() => {
      globalThis.gc?.()
      writeFileSync(file, JSON.stringify(process.memoryUsage()))
    })
  })
}
