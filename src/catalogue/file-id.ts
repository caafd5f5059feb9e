import { statSync } from 'node:fs'

/**
 * Which file lies at a path; undefined when none does. A file that is open goes on when it is deleted
 * or another is put in its place, and nobody is told.
 */
export function fileIdAt(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && `${stat.dev} ${stat.ino}`
}
