/**
 * Shows by answers that something is alive. Asks at once and then every so often, but never while a
 * question is open: what hangs must not be made to hang more often. An error is an answer.
 */
export function createPulse(ask: () => Promise<unknown>, everyMs: number) {
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
    /** How long the question has been open that was asked last, in ms; 0 when it was answered. */
    silentMs: () => (askedAt === undefined ? 0 : performance.now() - askedAt),
    stop: () => clearInterval(timer),
  }
}
