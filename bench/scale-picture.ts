/** Draws what scale.ts has measured: two charts side by side, both axes logarithmic, as one SVG. */
import type { Size } from './scale.ts'

interface Line {
  readonly name: string
  readonly values: readonly (number | undefined)[]
  readonly isOfOthers?: boolean
}

interface Chart {
  readonly title: string
  readonly lines: readonly Line[]
  readonly show: (value: number) => string
}

const width = 1130
const height = 470
const plot = { top: 56, bottom: 420, width: 270 }
/** Where the plot of each chart begins: names stand at its left, values and names of lines at its right. */
const lefts = [70, 630]
/** Labels of lines that end close to each other. */
const labelHeight = 16
const colours = ['#3366cc', '#b5520b', '#1a7f5a', '#8a3ab9', '#c2274b', '#5c6470']
const darkColours = ['#8ab0ff', '#ffab6b', '#6fd6ae', '#d7a5f5', '#ff94ad', '#b6bdc8']

/** @param sizes one or more, of ascending count */
export function drawScale(sizes: readonly Size[]): string {
  const line = (name: string, value: (size: Size) => number | undefined, isOfOthers = false) => ({
    ...{ name, isOfOthers },
    values: sizes.map(value),
  })
  const charts: Chart[] = [
    {
      title: 'Time',
      show: time,
      lines: [
        line('first start', ({ firstStart }) => firstStart),
        line('archive walk', ({ walk }) => walk),
        line('restart', ({ restart }) => restart),
        line('one change', ({ change }) => change),
        line('search, p95', ({ search }) => search),
        line('Hugo', ({ hugo }) => hugo?.seconds, true),
      ],
    },
    {
      title: 'Memory and disk',
      show: memory,
      lines: [
        line('memory, first start', ({ firstStartMemory }) => firstStartMemory),
        line('memory, later', ({ memory }) => memory),
        line('disk', ({ disk }) => disk),
        line('Hugo’s', ({ hugo }) => hugo?.memory, true),
      ],
    },
  ]
  const counts = sizes.map(({ count }) => count)
  const drawn = charts.map((chart, n) => draw(chart, counts, lefts[n] ?? 0))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"
  aria-label="Time, memory and disk by the number of articles">
<style>${style()}</style>
<rect class="paper" width="${width}" height="${height}"/>
${drawn.join('\n')}
</svg>
`
}

function draw({ title, lines, show }: Chart, counts: readonly number[], left: number): string {
  const all = lines.flatMap(({ values }) => values.filter((value) => value !== undefined))
  const x = logarithmic(counts, left, left + plot.width)
  const y = logarithmic(all, plot.bottom, plot.top)
  const parts = [`<text class="title" x="${left}" y="30">${title}</text>`]
  for (const power of powers(all)) {
    const at = y(power).toFixed(1)
    parts.push(`<path class="grid" d="M${left} ${at}h${plot.width}"/>`)
    parts.push(`<text class="tick" x="${left - 8}" y="${at}" dy="4">${show(power)}</text>`)
  }
  for (const count of counts) {
    const label = count.toLocaleString('en')
    parts.push(`<text class="count" x="${x(count)}" y="${plot.bottom + 26}">${label}</text>`)
  }
  const ends: { y: number; text: string; n: number }[] = []
  lines.forEach(({ name, values, isOfOthers }, n) => {
    const points = values.flatMap((value, k) =>
      value === undefined ? [] : [{ x: x(counts[k] ?? 0), y: y(value), value, k }],
    )
    const last = points.at(-1)
    if (!last) return
    const d = points.map((point) => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join('L')
    parts.push(`<path class="line c${n}${isOfOthers ? ' others' : ''}" d="M${d}"/>`)
    for (const { x: cx, y: cy } of points) {
      parts.push(`<circle class="dot c${n}" cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="3.5"/>`)
    }
    // A line that ends sooner has its name at the right edge as well, and says where it ended.
    const at = last.k < counts.length - 1 ? ` at ${counts[last.k]?.toLocaleString('en')}` : ''
    ends.push({ y: last.y, text: `${name}${at}: ${show(last.value)}`, n })
  })
  ends.sort((a, b) => a.y - b.y)
  let lowest = 0
  for (const { y: at, text, n } of ends) {
    lowest = Math.max(at, lowest + labelHeight)
    const place = `x="${left + plot.width + 12}" y="${lowest.toFixed(1)}"`
    parts.push(`<text class="label c${n}" ${place} dy="4">${text}</text>`)
  }
  return `<g>${parts.join('\n')}</g>`
}

/** @returns where a value stands between two ends of an axis, which have room for all values */
function logarithmic(values: readonly number[], from: number, to: number) {
  const low = Math.log10(Math.min(...values))
  const high = Math.log10(Math.max(...values))
  const span = high - low || 1
  return (value: number) => from + ((Math.log10(value) - low) / span) * (to - from)
}

/** The powers of ten between the least and the most. */
function powers(values: readonly number[]): number[] {
  const first = Math.ceil(Math.log10(Math.min(...values)))
  const last = Math.floor(Math.log10(Math.max(...values)))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => 10 ** (first + n))
}

/** @param value in seconds */
function time(value: number): string {
  if (value < 1) return `${Number((value * 1000).toPrecision(3))} ms`
  return `${Number(value.toPrecision(3))} s`
}

/** @param value in MB */
function memory(value: number): string {
  return value < 1000 ? `${Math.round(value)} MB` : `${Number((value / 1000).toPrecision(2))} GB`
}

function style(): string {
  const coloured = (list: readonly string[]) =>
    list.map((one, n) => `.line.c${n}{stroke:${one}}.dot.c${n},.label.c${n}{fill:${one}}`).join('')
  return (
    'text{font:13px system-ui,sans-serif;fill:#333}.title{font-weight:600;font-size:15px}' +
    '.tick{text-anchor:end}.count{text-anchor:middle}.grid{stroke:#ddd}.paper{fill:#fff}' +
    `.line{fill:none;stroke-width:2}.others{stroke-dasharray:5 4}${coloured(colours)}` +
    '@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#3a3f47}.paper{fill:#16181c}' +
    `${coloured(darkColours)}}`
  )
}
