/** A thread that reads as the intake's does, but for the files on which it ends or gets stuck. */
import { workerData } from 'node:worker_threads'
import type { FoundFile } from '../../src/intake/folder.ts'
import { moveTo, type Whereabouts } from '../../src/intake/reader.ts'
import { answerCalls } from '../../src/thread.ts'

const whereabouts = workerData.whereabouts as Whereabouts
const ends = workerData.ends as Int32Array

answerCalls({
  async read(call: number, files: readonly FoundFile[]) {
    for (const [number, { path }] of files.entries()) {
      moveTo(whereabouts, call, number)
      if (path === 'stuck') for (;;);
      const isEnd = path === 'fatal' || (path === 'unlucky' && Atomics.add(ends, 0, 1) === 0)
      if (isEnd) process.exit(1)
    }
    return files.map((file) => ({ ...file, kind: 'draft' }))
  },
})
