/** What the server's heap holds once garbage was collected. See heap.ts. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const heapModule = new URL('heap.ts', import.meta.url).href

/** Flags that a server needs to be measured. */
export const heapFlags = ['--expose-gc', `--import=${heapModule}`]
export const heapFileIn = (folder: string) => join(folder, 'heap.json')

/** @returns process.memoryUsage() of a server that has these flags and HEAP_FILE, after a collection */
export async function collectedHeap(pid: number, heapFile: string): Promise<NodeJS.MemoryUsage> {
  rmSync(heapFile, { force: true })
  process.kill(pid, 'SIGUSR2')
  while (!existsSync(heapFile) || readFileSync(heapFile).length === 0) await sleep(20)
  return JSON.parse(readFileSync(heapFile, 'utf8'))
}
