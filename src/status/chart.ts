/** Bars as SVG. Colours are the stylesheet's: the page allows no styles of its own. */
import { escapeAttribute, escapeText } from '../text.ts'

export interface Bar {
  /** Said of it when it is pointed at. */
  readonly title: string
  /** Class and value, from the bottom. */
  readonly parts: readonly (readonly [string, number])[]
  /** Below it, if anything. */
  readonly label?: string
}

const labelHeight = 20

/**
 * Stacked bars, the highest as high as the picture.
 * @param width in user units, as `height` is
 * @param description for those who do not see it
 */
export function barChart(
  bars: readonly Bar[],
  { width, height, description }: { width: number; height: number; description: string },
): string {
  const hasLabels = bars.some(({ label }) => label !== undefined)
  const room = height - (hasLabels ? labelHeight : 0)
  const highest = Math.max(1, ...bars.map(totalOf))
  const step = width / bars.length
  const round = (value: number) => Math.round(value * 100) / 100
  const drawn = bars.map((bar, n) => {
    let top = room
    const parts = bar.parts.map(([name, value]) => {
      const size = (value / highest) * (room - 2)
      top -= size
      const place = `x="${round(n * step + step * 0.1)}" y="${round(top)}"`
      return size > 0
        ? `<rect class="${name}" ${place} width="${round(step * 0.8)}" height="${round(size)}"/>`
        : ''
    })
    const label = bar.label
      ? `<text x="${round(n * step + step * 0.1)}" y="${height - 5}">${escapeText(bar.label)}</text>`
      : ''
    const whole = `<rect class="whole" x="${round(n * step)}" y="0" width="${round(step)}" height="${room}"/>`
    return `<g><title>${escapeText(bar.title)}</title>${whole}${parts.join('')}${label}</g>`
  })
  const ground = `<path class="ground" d="M0 ${room}H${width}"/>`
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeAttribute(description)}">${drawn.join('')}${ground}</svg>`
}

const totalOf = ({ parts }: Bar) => parts.reduce((sum, [, value]) => sum + value, 0)
