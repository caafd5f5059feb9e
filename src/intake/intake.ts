/** The intake as the rest of the program sees it: the folder reader in its own thread. */
import { startThread, type Thread } from '../thread.ts'
import type { FileResult } from './file-result.ts'
import type { FoundFile } from './folder.ts'
import type { IntakeSettings, Survey as WholeSurvey } from './folder-reader.ts'
import type { News } from './intake-worker.ts'
import { type Learnt, nothing } from './learnt.ts'
import type { Scope } from './look-through.ts'
import { createReader, type Reader, type Whereabouts } from './reader.ts'
import type { KnownFile } from './what-is-known.ts'

export type Intake = ReturnType<typeof createIntake>

/** Files stay in the thread until they are read: here it is known how many there are. */
export type Survey = Omit<WholeSurvey, 'changed'> & { readonly changed: number }

/** How many files are read at a time: few enough to keep memory flat, enough to be worth a message. */
const batchSize = 100
/** Of larger files there are fewer in a batch. As HTML they may have five times as many bytes. */
const batchBytes = 4 * 1024 * 1024
/** So many batches are read ahead of the one that is being kept. */
const ahead = 4
/** So many files are fetched from the thread that knows them at a time. */
const sliceSize = 20_000
/** For so many files a second thread is worth its start of a third of a second, and its memory. */
const manyFiles = 20_000
const youngMb = 12
/** No file that we know takes a tenth of it on a busy machine. */
const patienceMs = 60_000
/** So long after the end of the thread that watches another one is asked for: one that cannot start shall not spin. */
const renewMs = 2000

/** Starts the thread. It is ready when the first call is answered. */
export function createIntake(settings: IntakeSettings) {
  const start = (whereabouts: Whereabouts) =>
    startThread(new URL('./intake-worker.ts', import.meta.url), { settings, whereabouts }, youngMb)
  const main = createReader(start, patienceMs)
  /** The thread that knows which files were read; another takes over when it has ended. */
  let informed = main.thread
  let threads = 1
  let helper: Reader | undefined
  let changed = 0
  /** Whether there is nothing to serve until the pass is done, and so nobody that its threads should give way to. */
  let isUrgent = false
  /** Whether that thread has ended in the midst of a pass, so that the next one fetches all files before it reads any. */
  let wasCut = false
  let onNews: ((news: News) => void) | undefined
  let renewTimer: NodeJS.Timeout | undefined
  let isClosed = false

  /** Until the thread ends. Anything may change before another one watches: then the whole folder is news. */
  async function follow(thread: Thread): Promise<void> {
    const next = () => thread.ask('nextNews').catch(() => undefined) as Promise<News | undefined>
    for (let news = await next(); news; news = await next()) onNews?.(news)
    if (!isClosed) renewTimer = setTimeout(() => onNews?.({ paths: [''] }), renewMs).unref()
  }

  /** The files of the pass in batches; those that come next are fetched while some are read. */
  async function* toBeRead(): AsyncGenerator<readonly FoundFile[], undefined> {
    const size = wasCut ? changed : sliceSize
    const fetch = (from: number) => {
      const files = informed.ask('take', from, size) as Promise<readonly FoundFile[]>
      files.catch(() => {
        wasCut = true
      })
      return files
    }
    let next = fetch(0)
    for (let from = size; from - size < changed; from += size) {
      const files = await next
      if (from < changed) next = fetch(from)
      yield* inBatches(files)
    }
  }

  return {
    /** Starts a new thread where the last has ended. @returns how many there were: a new one knows nothing */
    renew() {
      if (informed.hasEnded) {
        clearTimeout(renewTimer)
        informed = main.thread
        threads += 1
        if (onNews) void follow(informed)
      }
      return threads
    },
    /** @throws LoadError when nothing can be read, ever */
    ready: () => informed.ready(),
    /** Forgets what was read. */
    async forget() {
      await informed.ask('forget')
    },
    /** Tells what earlier runs have read, so that it is not read again. */
    async know(files: readonly KnownFile[]) {
      await informed.ask('know', files)
    },
    /**
     * Starts a pass over the folder.
     * @param scope none for everything
     * @param isMeant whether what is gone is meant to be, however much it is
     * @param isFirst as for `FolderReader.survey`
     * @throws when the articles folder cannot be read
     */
    async survey(scope?: Scope, isMeant?: boolean, isFirst = false) {
      isUrgent = isFirst
      if (!isUrgent) await informed.ask('giveWay')
      const now = Date.now()
      const survey = (await informed.ask('survey', scope, now, isMeant, isFirst)) as Survey
      changed = survey.changed
      return survey
    },
    /** The files of the pass, read while the caller is busy with those before. */
    async *batches() {
      if (changed > manyFiles) {
        helper ??= createReader(start, patienceMs)
        if (!isUrgent) helper.thread.ask('giveWay').catch(() => {})
      }
      const readers = helper ? [main, helper] : [main]
      const underWay: Promise<readonly FileResult[]>[] = []
      const batches = toBeRead()
      let started = 0
      const startNext = async () => {
        const { value: files } = await batches.next()
        const reader = readers[started % readers.length]
        if (!files || !reader) return
        underWay.push(reader.read(files))
        started += 1
      }
      try {
        for (let n = 0; n < ahead; n += 1) await startNext()
        for (let batch = underWay.shift(); batch; batch = underWay.shift()) {
          const results = await batch
          await startNext()
          yield results
        }
      } finally {
        // Where the caller gave up, nothing may go on behind its back.
        await Promise.allSettled(underWay)
        await helper?.close()
        helper = undefined
      }
    },
    /** Ends the pass; what was read is known from now on if it was kept. */
    async finish(kept: boolean, unread: readonly string[] = [], learnt: Learnt = nothing) {
      changed = 0
      // One that has ended on a file knows nothing any more: the next is told by the catalogue.
      if (!informed.hasEnded) await informed.ask('finish', kept, unread, learnt)
    },
    /** Tells what changes in the folder from now on; all of it when the thread has ended, until a pass has renewed it. */
    watch(listener: (news: News) => void) {
      onNews = listener
      void follow(informed)
    },
    async close() {
      isClosed = true
      clearTimeout(renewTimer)
      await helper?.close()
      await main.close()
    },
  }
}

function* inBatches(files: readonly FoundFile[]): Generator<readonly FoundFile[], undefined> {
  let batch: FoundFile[] = []
  let bytes = 0
  for (const file of files) {
    if (batch.length === batchSize || (batch.length > 0 && bytes + file.size > batchBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(file)
    bytes += file.size
  }
  if (batch.length > 0) yield batch
}
