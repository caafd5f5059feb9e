/** Progress of long work: a bar on a terminal after a second, elsewhere a line every five seconds. */
import type { WriteStream } from 'node:tty'

const firstMs = 1000
const barStepMs = 100
const lineStepMs = 5000
const width = 30

export type Progress = (done: number, of: number) => void

/**
 * @param what is being done, such as "Reading articles"
 * @param say where there is no terminal
 */
export function createProgress(
  what: string,
  say: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
  out: WriteStream = process.stderr,
): Progress {
  const stepMs = out.isTTY ? barStepMs : lineStepMs
  let started: number | undefined
  let shown: number | undefined
  return (done, of) => {
    const now = performance.now()
    started ??= now
    const isLast = done >= of
    const isDue = now - started >= firstMs && now - (shown ?? started) >= stepMs
    if (isLast ? shown !== undefined : isDue) {
      show(done, of)
      shown = now
    }
    if (isLast) {
      started = undefined
      shown = undefined
    }
  }

  function show(done: number, of: number): void {
    const numbers = `${done.toLocaleString('en')} of ${of.toLocaleString('en')}`
    if (!out.isTTY) say(`${what}: ${numbers}`)
    else {
      const full = Math.round((width * done) / Math.max(of, 1))
      const bar = '█'.repeat(full) + '░'.repeat(width - full)
      out.write(`\r${what} ${bar} ${numbers}${done >= of ? '\n' : ''}`)
    }
  }
}
