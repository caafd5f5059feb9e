/**
 * Where the program and each of its threads begin. In plain JavaScript: a thread that meets
 * TypeScript before the cache is on loads Node's compiler for it, which takes 14 MB and a tenth of a
 * second. Compiled code is kept beside the packages it belongs to, or in NODE_COMPILE_CACHE, which Node looks
 * at before us; where that folder may not be written, nothing is kept.
 */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread, workerData } from 'node:worker_threads'

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/newsstand', import.meta.url)))
await import(isMainThread ? './main.ts' : workerData.entry)
