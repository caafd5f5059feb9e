/** A file of DATA_DIR that statistics are kept in over restarts. It may be deleted at any time. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { explain } from '../catalogue/damage.ts'
import type { Logger } from '../log.ts'

/**
 * @param version raised whenever the file has another form; one of another form is left aside
 */
export function keptFile<State extends object>(
  { dataDir, log }: { readonly dataDir: string; readonly log: Logger },
  name: string,
  version: number,
) {
  const path = join(dataDir, name)
  let written = ''
  let lastFault = ''

  return {
    /** @returns undefined where there is none that can be read */
    read(): State | undefined {
      try {
        const state = JSON.parse(readFileSync(path, 'utf8'))
        return state.version === version ? state : undefined
      } catch (error) {
        // At the first start there is none.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
          log.warn(`${path} cannot be read: ${(error as Error).message}; statistics begin anew`)
        }
        return undefined
      }
    },
    /** Written beside and put in its place: a crash leaves the old one or the new one. A fault is logged. */
    write(state: State): void {
      const text = JSON.stringify({ version, ...state })
      if (text === written && existsSync(path)) return
      try {
        writeFileSync(`${path}.new`, text)
        renameSync(`${path}.new`, path)
        written = text
        lastFault = ''
      } catch (error) {
        const message = explain(error, dataDir)
        if (message !== lastFault) log.warn(`statistics cannot be kept: ${message}`)
        lastFault = message
      }
    },
  }
}
