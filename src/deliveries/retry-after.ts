/** Longer is not waited for, whoever asks for it. */
const longestMs = 24 * 60 * 60 * 1000

/**
 * Reads Retry-After (RFC 9110 §10.2.3): seconds, or a date.
 * @returns from now on, at most a day; undefined where it is neither
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const value = header?.trim() ?? ''
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : / GMT$/.test(value)
      ? Date.parse(value) - now
      : Number.NaN
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestMs)
}
