/** Runs a FolderReader in a thread of its own, so that no request ever waits for an article to be read. */
import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { FolderReader, type IntakeSettings } from './folder-reader.ts'

// Requests come first: on Linux this is the priority of this thread alone.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const reader = new FolderReader(workerData.settings as IntakeSettings)

export type Call = { readonly id: number } & (
  | { readonly method: 'know'; readonly args: Parameters<FolderReader['know']> }
  | { readonly method: 'survey'; readonly args: Parameters<FolderReader['survey']> }
  | { readonly method: 'read'; readonly args: Parameters<FolderReader['read']> }
  | { readonly method: 'finish'; readonly args: Parameters<FolderReader['finish']> }
)

/** The answer to the call with the same id. */
export type Answer = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly error: { readonly message: string; readonly code: string | undefined } }
)

function perform(call: Call): unknown {
  switch (call.method) {
    case 'know':
      return reader.know(...call.args)
    case 'survey':
      return reader.survey(...call.args)
    case 'read':
      return reader.read(...call.args)
    case 'finish':
      return reader.finish(...call.args)
  }
}

parentPort?.on('message', async (call: Call) => {
  try {
    parentPort?.postMessage({ id: call.id, value: await perform(call) } satisfies Answer)
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    parentPort?.postMessage({ id: call.id, error: { message, code } } satisfies Answer)
  }
})
