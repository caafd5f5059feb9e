/** Lists of one picture in several sizes (html.spec.whatwg.org, "srcset attributes"). */

/** Whether this is an address, and not a switch or a template. */
export const isAddress = (value: string | undefined): value is string =>
  value !== undefined && /[/.]/.test(value) && !/^\s*data:|[{}]/i.test(value)

/** So wide may a picture be: wider ones make feeds slow, and no reader has room for them. Pixels. */
const widest = 1600
/** As wide is one without a width. */
const usualWidth = 800

/** The largest picture of lists of sizes, but for those that are too large; the empty text where there is none. */
export function largest(sets: readonly string[]): string {
  let best = { address: '', width: 0 }
  for (const one of sets.flatMap(candidates)) {
    const isWider = one.width > best.width
    const isBetter = best.width > widest ? !isWider : isWider && one.width <= widest
    if (best.address === '' || isBetter) best = one
  }
  return best.address
}

function candidates(set: string): { address: string; width: number }[] {
  const found: { address: string; width: number }[] = []
  const words = set.trim().split(/\s+/).reverse()
  for (let word = words.pop(); word !== undefined; word = words.pop()) {
    const address = word.replace(/^,+/, '').replace(/,+$/, '')
    let size = ''
    if (!word.endsWith(',')) {
      const [descriptor = '', ...more] = (words.pop() ?? '').split(',')
      size = descriptor
      const next = more.join(',')
      if (next !== '') words.push(next)
    }
    if (isAddress(address)) found.push({ address, width: widthOf(size) })
  }
  return found
}

function widthOf(descriptor: string): number {
  const number = Number.parseFloat(descriptor)
  if (Number.isNaN(number)) return usualWidth
  return descriptor.endsWith('x') ? number * usualWidth : number
}
