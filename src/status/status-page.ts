/** The status page, for those who run the server. */
import { Eta } from 'eta'
import { icons } from '../channels/icons.ts'
import { checkCommand } from '../command-text.ts'
import type { Config } from '../config.ts'
import { kinds as deliveryKinds } from '../deliveries/delivery.ts'
import type { DeliveryFigures } from '../deliveries/delivery-figures.ts'
import { ownFile } from '../own-files.ts'
import { escapeText } from '../text.ts'
import type { Words } from '../words/en.ts'
import { wordingIn } from '../words/wording.ts'
import { unnamedReaders } from './audience.ts'
import { type Bar, barChart } from './chart.ts'
import type { Status } from './figures.ts'
import { anHourMs, type Hour, totalOf } from './hours.ts'

/** An answer by what it means to a reader. */
type Answer = keyof Words['status']['answers']

/** With the class of their bars. */
const kinds: readonly (readonly [Answer, string, (status: number) => boolean])[] = [
  ['notModified', 'not-modified', (status) => status === 304],
  ['delta', 'delta', (status) => status === 226],
  ['wholeFeed', 'whole-feed', (status) => status === 200],
  ['turnedAway', 'turned-away', (status) => status >= 400 && status < 500],
  ['failed', 'failed', (status) => status >= 500],
]

const eta = new Eta({ views: ownFile('src/status'), cache: true })

/**
 * In the language, the colours and with the icon of the site; what is wrong, and said of files, is English, as in the log.
 * @param stylesheet its path; the owner's own is made for other pages
 */
export function statusPage(status: Status, config: Config, stylesheet: string): string {
  const { language, direction, words, say, count, html } = wordingIn(config.language)
  const text = words.status
  const readers = new Map<string, string>(
    (['browsers', 'unnamed', 'others'] as const).map((one) => [
      unnamedReaders[one],
      text.unnamedReaders[one],
    ]),
  )
  const hours = status.hours.map((hour) => ({ ...hour, start: Date.parse(hour.start) }))
  const time = (iso: string | Date) => momentText(new Date(iso), config)
  const { months, sections } = status.sections
  return eta.render('./status', {
    ...status,
    ...{
      language,
      direction,
      text,
      say,
      count,
      html,
      table: words.table,
      section: words.kinds.section.one,
    },
    site: config.siteTitle,
    stylesheet,
    icon: config.icon ?? { path: icons.drawing, type: 'image/svg+xml' },
    readerName: (name: string) => readers.get(name) ?? name,
    time,
    zone: config.timeZone,
    number: (value: number) => value.toLocaleString(language),
    bytes: (value: number) => bytesText(value, language),
    took: (ms: number) => inUnit(Math.round(ms), 'millisecond', language),
    checkAll: `<code dir="ltr">${escapeText(checkCommand('--json'))}</code>`,
    kinds: kinds.map(([answer, name]) => ({ name, label: text.answers[answer] })),
    polls: (answers: Record<string, number>) =>
      Object.values(answers).reduce((sum, one) => sum + one, 0),
    byKind: (answers: Record<string, number>) => partsOf(answers).map(([, , sum]) => sum),
    day: pollChart(hours, anHourMs, 24, text.byHour, config),
    week: pollChart(hours, 6 * anHourMs, 28, text.bySixHours, config),
    push: pushOf(status.deliveries),
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
  const { words, say } = wordingIn(config.language)
  const { status: text } = words
  const told = (what: string, said: string | number) => say(text.inChart, { what, said })
  const bars = Array.from({ length: count }, (_, n): Bar => {
    const start = first + n * stepMs
    const within = hours.filter((one) => one.start >= start && one.start < start + stepMs)
    const { answers } = totalOf(within)
    const sums = partsOf(answers)
    const said = sums.flatMap(([answer, , sum]) =>
      sum > 0 ? [told(text.answers[answer], sum)] : [],
    )
    const isLabelled = n % 4 === 0
    return {
      title: told(momentText(new Date(start), config), said.join(', ') || text.noPolls),
      parts: sums.map(([, name, sum]) => [name, sum]),
      ...(isLabelled && { label: labelText(new Date(start), stepMs, config) }),
    }
  })
  return barChart(bars, { width: 400, height: 110, description: told(text.polls, period) })
}

/** What there is to say of deliveries: the kinds that have any. @returns undefined where there is nothing */
function pushOf({ subscriptions, waiting, made, failures }: DeliveryFigures) {
  const rows = deliveryKinds
    .map((kind) => ({ kind, waiting: waiting[kind], ...made[kind] }))
    .filter((row) => row.waiting + row.done + row.failed + row.givenUp > 0)
  if (subscriptions === 0 && rows.length === 0 && failures.length === 0) return undefined
  const waitingInAll = rows.reduce((sum, row) => sum + row.waiting, 0)
  return { subscriptions, waiting: waitingInAll, rows, failures: failures.toReversed() }
}

/** Of each kind its answer, class and number. */
function partsOf(answers: Readonly<Record<string, number>>): [Answer, string, number][] {
  return kinds.map(([answer, name, isOfKind]) => {
    const those = Object.entries(answers).filter(([status]) => isOfKind(Number(status)))
    return [answer, name, those.reduce((sum, [, count]) => sum + count, 0)]
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

const momentText = (date: Date, { timeZone, language }: Config) =>
  date.toLocaleString(localeOf(language), { timeZone, dateStyle: 'medium', timeStyle: 'short' })

/** Without "am" and "pm", which would stand before the numbers where all else runs from the right. */
function labelText(date: Date, stepMs: number, { timeZone, language }: Config): string {
  const format: Intl.DateTimeFormatOptions =
    stepMs === anHourMs
      ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { weekday: 'short' }
  return date.toLocaleString(localeOf(language), { timeZone, ...format })
}

/** Those of the words: English without a region has the day first, and 24 hours. */
function localeOf(language: string): string {
  const known = wordingIn(language).language
  return known === 'en' ? 'en-GB' : known
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']

function bytesText(bytes: number, language: string): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1) * 1.0005) / 3), units.length - 1)
  const unit = units[power] ?? 'byte'
  return inUnit(bytes / 1000 ** power, unit, language, 3)
}

/** With a blank that does not break. @param digits at most so many of them mean something */
function inUnit(value: number, unit: string, language: string, digits?: number): string {
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    ...(digits && { maximumSignificantDigits: digits }),
  })
  return format.format(value).replace(' ', '\u00a0')
}
