/** What is mounted within a folder: whoever watches it is sent no word of that. */
import { readFileSync, realpathSync } from 'node:fs'
import { sep } from 'node:path'

/**
 * Mounts below a folder, by their paths relative to it, each with what tells it from another one at the
 * same place (proc_pid_mountinfo(5)). None where the system does not say.
 */
export function mountsBelow(folder: string): ReadonlyMap<string, string> {
  const mounts = new Map<string, string>()
  try {
    const start = realpathSync.native(folder) + sep
    for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
      const [id, , device, root, place = ''] = line.split(' ')
      const path = place.replace(/\\([0-7]{3})/g, (_, code) =>
        String.fromCharCode(Number.parseInt(code, 8)),
      )
      if (path.startsWith(start)) mounts.set(path.slice(start.length), `${id} ${device} ${root}`)
    }
  } catch {
    // Another system than Linux, or a folder that is away.
  }
  return mounts
}

/** Paths at which one of the two has another mount than the other, or none. */
export function differing(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): string[] {
  const paths = new Set([...before.keys(), ...now.keys()])
  return [...paths].filter((path) => before.get(path) !== now.get(path))
}
