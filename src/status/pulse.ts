/** Something that is asked again and again, and shows by its answers that it is alive. */
export interface Pulse {
  /** How long the question has been open that was asked last, in ms; 0 when it was answered. */
  silentMs(): number
  stop(): void
}

/**
 * Asks at once and then every so often, but never while a question is open: what hangs must not be
 * made to hang more often. An error is an answer.
 */
export function createPulse(ask: () => Promise<unknown>, everyMs: number): Pulse {
  let askedAt: number | undefined
  const beat = () => {
    if (askedAt !== undefined) return
    askedAt = performance.now()
    const answered = () => {
      askedAt = undefined
    }
    ask().then(answered, answered)
  }
  beat()
  const timer = setInterval(beat, everyMs).unref()
  return {
    silentMs: () => (askedAt === undefined ? 0 : performance.now() - askedAt),
    stop: () => clearInterval(timer),
  }
}
