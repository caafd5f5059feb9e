/** The intake as the rest of the program sees it: the folder reader in its own thread. */
import { startThread, type Thread } from '../thread.ts'
import type { FileResult } from './file-result.ts'
import type { IntakeSettings, KnownFile, Survey } from './folder-reader.ts'
import type { News } from './worker.ts'

export interface Intake {
  /** Counts its threads: a new one, started where the last has ended, knows nothing. */
  readonly edition: number
  /** Forgets what was read. */
  forget(): Promise<void>
  /** Tells what earlier runs have read, so that it is not read again. */
  know(files: readonly KnownFile[]): Promise<void>
  /**
   * Starts a pass over the folder, or over some files and folders of it.
   * @param isMeant whether what is gone is meant to be, however much it is
   * @throws when the articles folder cannot be read
   */
  survey(paths?: readonly string[], isMeant?: boolean): Promise<Survey>
  /** The files of the pass, read while the caller is busy with those before. */
  batches(): AsyncGenerator<FileResult[]>
  /** Ends the pass; what was read is known from now on if it was kept. */
  finish(kept: boolean): Promise<void>
  /** Ends the patience with a loss that a survey found: at the next look it is believed. */
  believeLoss(): Promise<void>
  /** Tells what changes in the folder from now on, also when its thread had to be started anew. */
  watch(onNews: (news: News) => void): void
  close(): Promise<void>
}

/** How many files are read at a time: few enough to keep memory flat, enough to be worth a message. */
const batchSize = 100
/** So many batches are read ahead of the one that is being kept. */
const ahead = 4
/** For so many files a second thread is worth its start of a third of a second, and its memory. */
const manyFiles = 20_000
const youngMb = 16

/** Starts the thread. It is ready when the first call is answered. */
export function createIntake(settings: IntakeSettings): Intake {
  const start = () => startThread(new URL('./worker.ts', import.meta.url), { settings }, youngMb)
  let main = start()
  let edition = 1
  let helper: Thread | undefined
  let changed: Survey['changed'] = []
  let isClosed = false
  let onNews: ((news: News) => void) | undefined

  /** Until the thread ends; the next one is followed as well. */
  async function follow(thread: Thread): Promise<void> {
    const next = () => thread.ask('nextNews').catch(() => undefined) as Promise<News | undefined>
    for (let news = await next(); news; news = await next()) onNews?.(news)
  }

  return {
    get edition() {
      if (main.hasEnded && !isClosed) {
        main = start()
        edition += 1
        if (onNews) void follow(main)
      }
      return edition
    },
    forget: async () => {
      await main.ask('forget')
    },
    know: async (files) => {
      await main.ask('know', files)
    },
    async survey(paths, isMeant) {
      const survey = (await main.ask('survey', paths, Date.now(), isMeant)) as Survey
      changed = survey.changed
      return survey
    },
    async *batches() {
      if (changed.length > manyFiles) helper ??= start()
      const threads = helper ? [main, helper] : [main]
      const underWay: Promise<FileResult[]>[] = []
      let started = 0
      const startNext = () => {
        const entries = changed.slice(started * batchSize, (started + 1) * batchSize)
        const thread = threads[started % threads.length]
        if (entries.length === 0 || !thread) return
        underWay.push(thread.ask('read', entries) as Promise<FileResult[]>)
        started += 1
      }
      try {
        while (underWay.length < ahead && started * batchSize < changed.length) startNext()
        for (let batch = underWay.shift(); batch; batch = underWay.shift()) {
          const results = await batch
          startNext()
          yield results
        }
      } finally {
        // Where the caller gave up, nothing may go on behind its back.
        await Promise.allSettled(underWay)
        await helper?.close()
        helper = undefined
      }
    },
    finish: async (kept) => {
      changed = []
      await main.ask('finish', kept)
    },
    believeLoss: async () => {
      await main.ask('believeLoss')
    },
    watch(tell) {
      onNews = tell
      void follow(main)
    },
    close: async () => {
      isClosed = true
      await helper?.close()
      await main.close()
    },
  }
}
