/** The intake as the rest of the program sees it: the folder reader in its own thread. */
import { Worker } from 'node:worker_threads'
import type { FileResult } from './file-result.ts'
import type { FolderReader, IntakeSettings, KnownFile, Survey } from './folder-reader.ts'
import type { Answer, Call } from './worker.ts'

export interface Intake {
  /** Tells what earlier runs have read, so that it is not read again. */
  know(files: readonly KnownFile[]): Promise<void>
  /**
   * Starts a pass over the folder, or over some files and folders of it.
   * @throws when the articles folder cannot be read
   */
  survey(paths?: readonly string[]): Promise<Survey>
  /** The files of the pass, read while the caller is busy with those before. */
  batches(): AsyncGenerator<FileResult[]>
  /** Ends the pass; what was read is known from now on if it was kept. */
  finish(kept: boolean): Promise<void>
  close(): Promise<void>
}

/** Starts the thread. It is ready when the first call is answered. */
export function createIntake(settings: IntakeSettings): Intake {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: settings,
    // Articles do not live long here: a small young generation keeps memory flat.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0

  worker.on('message', (answer: Answer) => {
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) {
      call?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }))
    } else call?.resolve(answer.value)
  })
  let end: Error | undefined
  const fail = (error: Error) => {
    end ??= error
    for (const call of waiting.values()) call.reject(error)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the intake thread has ended')))

  function ask<Method extends Call['method']>(
    method: Method,
    ...args: Parameters<FolderReader[Method]>
  ) {
    if (end) return Promise.reject(end)
    lastId += 1
    const id = lastId
    worker.postMessage({ id, method, args } as Call)
    return new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }))
  }

  return {
    know: async (files) => {
      await ask('know', files)
    },
    survey: async (paths) => (await ask('survey', paths, Date.now())) as Survey,
    async *batches() {
      // The next batch is read while the caller keeps this one.
      let ahead = ask('next')
      try {
        for (;;) {
          const batch = (await ahead) as FileResult[]
          if (batch.length === 0) return
          ahead = ask('next')
          yield batch
        }
      } finally {
        // Where the caller gave up, the pass may not end before the batch under way is read.
        await ahead.catch(() => {})
      }
    },
    finish: async (kept) => {
      await ask('finish', kept)
    },
    close: async () => {
      await worker.terminate()
    },
  }
}
