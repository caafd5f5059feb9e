/** Runs a FolderReader in a thread of its own, so that no request ever waits for an article to be read. */
import { constants, setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import { answerCalls } from '../thread.ts'
import { FolderReader, type IntakeSettings } from './folder-reader.ts'

// Requests come first: on Linux this is the priority of this thread alone.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const reader = new FolderReader(workerData.settings as IntakeSettings)

const methods = {
  know: (...args: Parameters<FolderReader['know']>) => reader.know(...args),
  forget: () => reader.forget(),
  survey: (...args: Parameters<FolderReader['survey']>) => reader.survey(...args),
  read: (...args: Parameters<FolderReader['read']>) => reader.read(...args),
  finish: (...args: Parameters<FolderReader['finish']>) => reader.finish(...args),
}
answerCalls(methods)
