/** Runs a FolderReader in a thread of its own, so that no request ever waits for an article to be read. */
import { constants } from 'node:os'
import { workerData } from 'node:worker_threads'
import { giveWay } from '../give-way.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { answerCalls } from '../thread.ts'
import type { FoundFile } from './folder.ts'
import { FolderReader, type IntakeSettings } from './folder-reader.ts'
import { moveTo, type Whereabouts } from './reader.ts'
import { watchFolder } from './watch.ts'

const { settings, whereabouts } = workerData as {
  settings: IntakeSettings
  whereabouts: Whereabouts
}
const reader = new FolderReader(settings)

/** What the watch has noticed since it was last asked. */
export interface News {
  readonly paths: readonly string[]
  /** Why folders cannot be watched. */
  readonly fault?: string
}

let isWatching = false
let news: { paths: string[]; fault?: string } = { paths: [] }
/** Wakes whoever waits for news. */
let wake = () => {}

function add(paths: readonly string[], fault = news.fault): void {
  for (const path of paths) news.paths.push(path)
  if (fault !== undefined) news.fault = fault
  wake()
}

function hear(paths: readonly string[]): void {
  reader.hear(paths)
  add(paths)
}

const onFault = ({ message }: Error) => add([], message)

/** The next news, as soon as there is some. */
async function nextNews(): Promise<News> {
  if (!isWatching) reader.watchedBy(watchFolder(settings.articlesDir, hear, onFault))
  isWatching = true
  if (news.paths.length === 0 && news.fault === undefined) {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
  const found = news
  news = { paths: [] }
  return found
}

/** One call after the other, so that the whereabouts tell which file is being read. */
const inTurn = oneAtATime()

answerCalls({
  /** On Linux, where a priority is a thread's own: from now on there are requests to answer, and they come first. */
  giveWay() {
    if (process.platform === 'linux') giveWay(constants.priority.PRIORITY_BELOW_NORMAL)
  },
  know: reader.know.bind(reader),
  forget: reader.forget.bind(reader),
  survey(...args: Parameters<typeof reader.survey>) {
    const { changed, ...survey } = reader.survey(...args)
    return { ...survey, changed: changed.length }
  },
  take: reader.take.bind(reader),
  read(call: number, files: readonly FoundFile[]) {
    return inTurn(() => reader.read(files, (number) => moveTo(whereabouts, call, number)))
  },
  finish: reader.finish.bind(reader),
  nextNews,
})
