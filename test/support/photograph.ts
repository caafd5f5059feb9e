import sharp from 'sharp'

/** Something like a photograph: grain, which no format packs well. @param sigma how coarse it is */
export function photograph(width: number, height: number, sigma = 20) {
  const noise = { type: 'gaussian' as const, mean: 128, sigma }
  return sharp({ create: { width, height, channels: 3, background: '#58b', noise } })
}
