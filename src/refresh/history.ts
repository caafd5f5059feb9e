/** What refreshes have done, and what the log says of each. */
import type { RefreshReport, RejectedFile } from '../catalogue/catalogue.ts'
import { checkCommand } from '../command-text.ts'
import { commonText, othersText, summedUp } from '../intake/alike.ts'
import type { Logger } from '../log.ts'

/** What refreshes have done since the start. */
export interface RefreshHistory {
  /** How many were kept. */
  kept: number
  failed: number
  totalMs: number
  last?: KeptRefresh
  /** The last ones that changed or rejected something, oldest first. */
  recent: readonly KeptRefresh[]
}

type KeptRefresh = Pick<RefreshReport, 'added' | 'edited' | 'removed'> & {
  /** RFC 3339. */
  readonly at: string
  readonly ms: number
  readonly rejected: number
}

/** What refreshes have changed, for programs. */
export type Refreshed = Pick<RefreshReport, 'added' | 'edited' | 'removed' | 'rejected'>

/** What a program is told that asked for a refresh. */
export interface RefreshAnswer extends Refreshed {
  /** Files that are still being written, and were not read: by their paths. */
  readonly waiting: readonly string[]
}

/** What programs are told of one refresh. */
export const refreshedBy = ({ added, edited, removed, rejected }: RefreshReport): Refreshed => ({
  added,
  edited,
  removed,
  rejected,
})

/** Whether nothing has changed but that an article is no news any more. */
export const isNewsAlone = (report: RefreshReport): boolean =>
  report.isNewsOther &&
  report.added + report.edited + report.removed === 0 &&
  report.rejected.length + report.channels.length + report.articles.length === 0

/** So many refreshes are remembered. */
const mostRecent = 20
/** Of so many kinds of rejections one is logged, with the number of the others. */
const mostLogged = 20

/** Adds a refresh that was kept, and says what it has changed and rejected. @param ms how long it took */
export function noteKept(
  history: RefreshHistory,
  log: Logger,
  { added, edited, removed, rejected, noted }: RefreshReport,
  ms: number,
): void {
  history.kept += 1
  history.totalMs += ms
  const at = new Date().toISOString()
  history.last = { at, ms, added, edited, removed, rejected: rejected.length }
  setRecent(history, [...history.recent, history.last])
  logRejected(log, rejected)
  if (added + edited + removed === 0) return
  const changes = `${added} added, ${edited} edited, ${removed} removed`
  const also = noted > 0 ? `, ${noted} with notes` : ''
  log.info(`refreshed: ${changes}${also} (${Math.round(ms)} ms)`)
}

/** Takes over the refreshes of before the restart: one may have been kept since. @param former oldest first */
export function noteFormer(history: RefreshHistory, former: readonly KeptRefresh[]): void {
  setRecent(history, [...former, ...history.recent])
}

/** Whoever looks for what has changed finds nothing in one that was kept for other settings alone, or to note that a file was looked at. */
function setRecent(history: RefreshHistory, all: readonly KeptRefresh[]): void {
  const telling = all.filter(
    ({ added, edited, removed, rejected }) => added + edited + removed + rejected > 0,
  )
  history.recent = telling.slice(-mostRecent)
}

function logRejected(log: Logger, rejected: readonly RejectedFile[]): void {
  const kinds = summedUp(rejected.map((file) => ({ ...file, text: describe(file) })))
  for (const alike of kinds.slice(0, mostLogged)) {
    const { path, line = 1 } = alike.first
    const text = commonText(alike, alike.first.text)
    const others = alike.others.length > 0 ? ` (${othersText(alike)})` : ''
    log.warn(`rejected ${path}:${line}: ${text}${others}`)
  }
  const rest = kinds.slice(mostLogged).flatMap(({ first, others }) => [first, ...others])
  if (rest.length > 0) log.warn(`rejected ${rest.length} more; "${checkCommand()}" lists them all`)
}

/** `reason. Remedy.`, and how much else is wrong. */
function describe({ reason, remedy, others, isPublished }: RejectedFile): string {
  const faults = others.length === 1 ? 'fault' : 'faults'
  const more = others.length > 0 ? ` ${others.length} more ${faults}: see "${checkCommand()}".` : ''
  const stays = isPublished ? ' Its last good version stays published.' : ''
  return `${reason}. ${remedy}${more}${stays}`
}
