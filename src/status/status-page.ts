/** The status page, for those who run the server. */
import { Eta } from 'eta'
import { checkCommand } from '../command-text.ts'
import type { Config } from '../config.ts'
import { ownFile } from '../own-files.ts'
import { type Bar, barChart } from './chart.ts'
import type { Status } from './figures.ts'
import { anHourMs, type Hour, totalOf } from './hours.ts'

/** Answers by what they mean to a reader, and the class of their bars. */
const kinds: readonly (readonly [string, string, (status: number) => boolean])[] = [
  ['not-modified', 'not modified (304)', (status) => status === 304],
  ['delta', 'only what is new (226)', (status) => status === 226],
  ['whole-feed', 'the whole feed (200)', (status) => status === 200],
  ['turned-away', 'refused (4xx)', (status) => status >= 400 && status < 500],
  ['failed', 'failed (5xx)', (status) => status >= 500],
]

const eta = new Eta({ views: ownFile('src/status'), cache: true })

export function statusPage(status: Status, config: Config): string {
  const hours = status.hours.map((hour) => ({ ...hour, start: Date.parse(hour.start) }))
  const time = (iso: string | Date) => momentText(new Date(iso), config)
  const { months, sections } = status.sections
  return eta.render('./status', {
    ...status,
    site: config.siteTitle,
    time,
    zone: config.timeZone,
    number: (value: number) => value.toLocaleString('en'),
    bytes: bytesText,
    checkAll: checkCommand('--json'),
    kinds: kinds.map(([name, label]) => ({ name, label })),
    polls: (answers: Record<string, number>) =>
      Object.values(answers).reduce((sum, one) => sum + one, 0),
    byKind: (answers: Record<string, number>) => partsOf(answers).map(([, count]) => count),
    day: pollChart(hours, anHourMs, 24, 'the last day, by the hour', config),
    week: pollChart(hours, 6 * anHourMs, 28, 'the last week, by six hours', config),
    sections: sections.map(({ name, articles }) => ({
      name,
      total: articles.reduce((sum, one) => sum + one, 0),
      chart: monthChart(name, months, articles),
    })),
    months,
  })
}

function pollChart(
  hours: readonly Hour[],
  stepMs: number,
  count: number,
  period: string,
  config: Config,
): string {
  const hour = Math.floor(Date.now() / anHourMs) * anHourMs
  const first = hour + anHourMs - count * stepMs
  const bars = Array.from({ length: count }, (_, n): Bar => {
    const start = first + n * stepMs
    const within = hours.filter((one) => one.start >= start && one.start < start + stepMs)
    const { answers } = totalOf(within)
    const parts = partsOf(answers)
    const said = parts.flatMap(([name, value]) => (value > 0 ? [`${value} ${name}`] : []))
    const isLabelled = n % 4 === 0
    return {
      title: `${momentText(new Date(start), config)}: ${said.join(', ') || 'no polls'}`,
      parts,
      ...(isLabelled && { label: labelText(new Date(start), stepMs, config) }),
    }
  })
  return barChart(bars, { width: 600, height: 160, description: `Answers to polls, ${period}` })
}

function partsOf(answers: Readonly<Record<string, number>>): [string, number][] {
  return kinds.map(([name, , isOfKind]) => {
    const those = Object.entries(answers).filter(([status]) => isOfKind(Number(status)))
    return [name, those.reduce((sum, [, count]) => sum + count, 0)]
  })
}

function monthChart(name: string, months: readonly string[], articles: readonly number[]): string {
  const bars = articles.map((count, n) => ({
    title: `${months[n]}: ${count}`,
    parts: [['articles', count] as const],
  }))
  const description = `${name}: ${articles.map((count, n) => `${months[n]} ${count}`).join(', ')}`
  return barChart(bars, { width: 240, height: 40, description })
}

const momentText = (date: Date, { timeZone }: Config) =>
  date.toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })

function labelText(date: Date, stepMs: number, { timeZone }: Config): string {
  return stepMs === anHourMs
    ? date.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString('en-GB', { timeZone, weekday: 'short', day: 'numeric' })
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']

function bytesText(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1) * 1.0005) / 3), units.length - 1)
  const unit = units[power] ?? 'byte'
  const format = new Intl.NumberFormat('en', { style: 'unit', unit, maximumSignificantDigits: 3 })
  return format.format(bytes / 1000 ** power).replace(' ', '\u00a0')
}
