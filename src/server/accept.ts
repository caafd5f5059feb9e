/** What a client's `Accept` says of media types (RFC 9110 §12.5.1), where which is preferred is not enough. */

/**
 * The weight of a media type, by the most specific range that it is in. Parameters of types are passed over.
 * @param accept the header
 * @param type such as `text/html`, or the range that takes anything
 * @returns 0 where it is not accepted
 */
export function weightOf(accept: string, type: string): number {
  const ranges = accept.toLowerCase().split(',').map(readRange)
  for (const name of [type, type.replace(/\/.*/, '/*'), '*/*']) {
    const weights = ranges.filter((range) => range.name === name).map(({ weight }) => weight)
    if (weights.length > 0) return Math.max(...weights)
  }
  return 0
}

function readRange(text: string): { name: string; weight: number } {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim())
  const weight = parameters.find((one) => one.startsWith('q='))?.slice('q='.length)
  return { name, weight: weight === undefined ? 1 : Number(weight) || 0 }
}
