/** What is said once Newsstand serves. */
import { isIPv6 } from 'node:net'
import { relative } from 'node:path'
import { feedFormats } from './channels/feed-formats.ts'
import { checkCommand } from './command-text.ts'
import type { Config } from './config.ts'
import { clockText, isForPeople, type Logger } from './log.ts'
import { printable } from './text.ts'

interface Counts {
  readonly articles: number
  readonly rejections: number
  readonly notes: number
}

export const counted = (number: number, thing: string) =>
  `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`

/** What was not read, or not as it stands, in a part of a sentence. */
export function amiss({ rejections, notes }: Pick<Counts, 'rejections' | 'notes'>): string {
  const noted = notes > 0 ? `, ${counted(notes, 'note')}` : ''
  const hint = rejections + notes > 0 ? ` ("${checkCommand()}" says more)` : ''
  return `${counted(rejections, 'file')} rejected${noted}${hint}`
}

/** Says what is served: to a person in lines, else in the log. */
export function announce(log: Logger, config: Config, counts: Counts, next: Date | null): void {
  const { articlesDir, baseUrl, timeZone, watch } = config
  const { articles, rejections, notes } = counts
  const folder = printable(relative(process.cwd(), articlesDir)) || '.'
  const serves = `Newsstand serves ${counted(articles, 'article')} from ${folder}; ${amiss(counts)}.`
  const what = 'as a Markdown, Word, HTML or text file: a moment later it is out.'
  const empty = articles === 0 ? [`Put an article into ${folder}, ${what}`] : []
  const addresses: [name: string, url: string][] = [
    ['Front page', `${baseUrl}/`],
    ...feedFormats.map(({ name, fileName }): [string, string] => [name, `${baseUrl}/${fileName}`]),
    ...(config.adminPort === 0 ? [] : [['Status page', adminUrl(config)] as [string, string]]),
  ]
  if (!isForPeople) {
    log.info(
      { articles, rejections, notes, addresses: Object.fromEntries(addresses), next },
      [serves, ...empty].join(' '),
    )
    return
  }
  const lines = addresses.map(([name, address]) => `  ${name.padEnd(15)}${address}`)
  const when = next ? `${clockText(next, timeZone)} ${timeZone}` : 'no time'
  const also = watch ? ', or as soon as a file changes' : ''
  process.stdout.write(
    `${[serves, ...empty, ...lines, `Next refresh at ${when}${also}.`].join('\n')}\n`,
  )
}

/**
 * Says how ids stay what they are when settings change, or DATA_DIR is lost. Nothing has to be said where
 * SITE_ID is set to that, or all is tried on one's own machine.
 * @param first what ids of this catalogue were made in first
 */
export function announceIds(
  log: Logger,
  { uuid, from }: Config['namespace'],
  first: string | undefined,
): void {
  if (first === undefined) return
  if (first !== uuid) {
    log.warn(
      'ids of new articles are not made as those of before were; ' +
        `SITE_ID=${first} makes them alike, and keeps those of before should DATA_DIR be lost`,
    )
  } else if (from !== undefined && from !== 'SITE_ID') {
    log.info(`ids are made from ${from}; SITE_ID=${uuid} keeps them when that changes`)
  }
}

/** Where the machine itself finds the status page; a listener on every network is at localhost too. */
function adminUrl({ adminHost, adminPort }: Config): string {
  const isEverywhere = adminHost === '0.0.0.0' || adminHost === '::'
  const host = isEverywhere ? 'localhost' : isIPv6(adminHost) ? `[${adminHost}]` : adminHost
  return `http://${host}:${adminPort}/`
}
