/** Which files some program has open for writing, as far as Linux lets us see. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { sep } from 'node:path'
import { attempt } from '../attempt.ts'

/** The access mode of an open file: the last two bits of its flags; 0 is read-only (open(2)). */
const accessMode = 0o3

/**
 * Paths below `root`, and relative to it, that some process has open for writing.
 * Only processes of our own user are visible, unless we are root; see `visibleWriters`.
 */
export function openForWriting(root: string): Set<string> {
  const open = new Set<string>()
  // We write no articles, and may have ten thousand connections open.
  const others = list('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
  // Processes end and close files while we look.
  for (const pid of others) {
    for (const descriptor of list(`/proc/${pid}/fd`)) {
      const path = attempt(() => readlinkSync(`/proc/${pid}/fd/${descriptor}`))
      if (path?.startsWith(root + sep) && isWritable(pid, descriptor)) {
        open.add(path.slice(root.length + 1))
      }
    }
  }
  return open
}

function isWritable(pid: string, descriptor: string): boolean {
  const info = attempt(() => readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8'))
  const flags = /^flags:\s*([0-7]+)/m.exec(info ?? '')?.[1]
  return flags !== undefined && (Number.parseInt(flags, 8) & accessMode) !== 0
}

/** @returns whose files these are: a file is nearly always written by its owner, and we see our own processes, or as root all */
export function visibleWriters(): (ownerId: number) => boolean {
  const us = process.getuid?.()
  return (ownerId) => process.platform === 'linux' && (us === 0 || us === ownerId)
}

const list = (folder: string) => attempt(() => readdirSync(folder)) ?? []
