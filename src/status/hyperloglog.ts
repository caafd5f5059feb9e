/**
 * Counts distinct things in a kilobyte, give or take 3 %, and cannot tell what they were: HyperLogLog
 * (Flajolet et al. 2007) with 1,024 registers.
 */
const bits = 10
const size = 2 ** bits
const alpha = 0.7213 / (1 + 1.079 / size)

export const emptySketch = (): Uint8Array => new Uint8Array(size)

/**
 * @param hash at least six random bytes that stand for the thing
 * @returns whether the sketch is another one now
 */
export function addTo(sketch: Uint8Array, hash: Buffer): boolean {
  const register = hash.readUInt16BE(0) >>> (16 - bits)
  const rank = Math.clz32(hash.readUInt32BE(2)) + 1
  if (rank <= (sketch[register] ?? 0)) return false
  sketch[register] = rank
  return true
}

/** Adds all that the other one counts. */
export function merge(sketch: Uint8Array, other: Uint8Array): void {
  for (const [register, rank] of other.entries()) {
    if (rank > (sketch[register] ?? 0)) sketch[register] = rank
  }
}

export function countOf(sketch: Uint8Array): number {
  let sum = 0
  let empty = 0
  for (const rank of sketch) {
    sum += 2 ** -rank
    if (rank === 0) empty += 1
  }
  const estimate = (alpha * size * size) / sum
  // Of few things the empty registers tell more.
  const isSmall = estimate <= 2.5 * size && empty > 0
  return Math.round(isSmall ? size * Math.log(size / empty) : estimate)
}
