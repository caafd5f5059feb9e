/** Progress of long work, with the time left: a bar on a terminal after a second, elsewhere a line every five seconds. */
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
  /** How much was done then: work that goes on where it was broken off does not begin at 0. */
  let first = 0
  let shown: number | undefined
  return (done, of) => {
    const now = performance.now()
    if (started === undefined) {
      started = now
      first = done
    }
    const isLast = done >= of
    const isDue = now - started >= firstMs && now - (shown ?? started) >= stepMs
    if (isLast ? shown !== undefined : isDue) {
      show(done, of, ((now - started) / (done - first)) * (of - done))
      shown = now
    }
    if (isLast) {
      started = undefined
      shown = undefined
    }
  }

  function show(done: number, of: number, leftMs: number): void {
    const left = leftMs > 0 && Number.isFinite(leftMs) ? `, ${timeText(leftMs)} left` : ''
    const numbers = `${done.toLocaleString('en')} of ${of.toLocaleString('en')}${left}`
    if (!out.isTTY) say(`${what}: ${numbers}`)
    else {
      const full = Math.round((width * done) / Math.max(of, 1))
      const bar = '█'.repeat(full) + '░'.repeat(width - full)
      // What is longer stood there before.
      out.write(`\r${what} ${bar} ${numbers}\x1b[K${done >= of ? '\n' : ''}`)
    }
  }
}

/** In whole seconds, or from two minutes on in whole minutes: it is a guess. */
function timeText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
