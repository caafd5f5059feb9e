/**
 * Where the program and each of its threads and workers begin. In plain JavaScript: a thread that meets
 * TypeScript before the cache is on loads Node's compiler for it, which takes 14 MB and a tenth of a
 * second. NODE_COMPILE_CACHE, which Node looks at before us, says where compiled code is kept.
 */
import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { isMainThread, workerData } from 'node:worker_threads'

const { dirname } = import.meta

/**
 * A clone has it beside its packages, with which it goes. Where the package lies, whoever runs it may be not
 * allowed to write, so each user has it among what other programs keep for themselves.
 * @throws Error of who has no home
 */
function cacheFolder() {
  if (basename(dirname) === 'src') return join(dirname, '../node_modules/.cache/newsstand')
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'newsstand')
}

try {
  // Where this folder may not be written either, nothing is kept.
  enableCompileCache(cacheFolder())
} catch {
  // As where there is none.
}
// The launcher's flag is meant for the main thread, which has its memory by now; it would win over what each thread is given.
if (isMainThread) setFlagsFromString('--max-semi-space-size=0')

/** Of several processes that serve, started by `workers/pool.ts`. */
const isWorker = process.argv[2] === '--worker' && process.connected === true
const entry = isWorker ? './workers/worker.ts' : './main.ts'
await import(isMainThread ? entry : workerData.entry)
