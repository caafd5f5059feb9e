/** Reads what is to be written in a thread of its own, which ends with it: whatever it holds, requests go on. */
import { workerData } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { answerCalls } from '../thread.ts'
import { checkOne } from './check-one.ts'

const { config } = workerData as { config: Config }

answerCalls({
  check: (path: string, given: Uint8Array) =>
    checkOne(config, path, Buffer.from(given.buffer, given.byteOffset, given.length), Date.now()),
})
