/** What a Newsstand that runs says of itself, and whether who polls it is told that nothing is new. */
import type { Config } from '../config.ts'
import { type Asked, answerOf } from '../server/asking.ts'
import { type Finding, note, right, wrong } from './finding.ts'

/** What an address says at /readyz. */
export interface Readiness {
  /** Why it is not ready, in a sentence; undefined where it is, or no Newsstand says so. */
  readonly unready: string | undefined
  /** What else is wrong. */
  readonly also: readonly string[]
}

/** @param origin an address that Newsstand has, without a path of its own */
export async function readinessAt(origin: string): Promise<Readiness> {
  const asked = await answerOf(`${origin}/readyz`)
  const [first, ...also] = linesIn(asked)
  return { unready: unreadyIn(asked), also: first === 'ready' ? also : [] }
}

/** Why Newsstand says that it is not ready, in whatever answer; undefined where it does not say so. */
export function unreadyIn(asked: Asked): string | undefined {
  // A server in front that has nobody behind it says 503 as well, in a page of its own.
  const isOurs = asked.headers?.get('content-type')?.startsWith('text/plain') === true
  return isOurs && asked.status === 503 ? linesIn(asked)[0] : undefined
}

const linesIn = ({ body = '' }: Asked): string[] => body.trim().split('\n')

/**
 * @param here what the one says that runs on this machine
 * @param there why what answers at BASE_URL is not ready
 */
export function foundReadiness({ baseUrl }: Config, here: Readiness, there?: string): Finding[] {
  const about = 'Ready'
  const remedy = 'Mend that first: until then it is not to be given requests.'
  const findings: Finding[] = []
  if (here.unready !== undefined) {
    findings.push(wrong(about, `The Newsstand that runs here is not: ${here.unready}`, remedy))
  }
  if (there !== undefined && there !== here.unready) {
    findings.push(wrong(about, `What answers at ${baseUrl} is not: ${there}`, remedy))
  }
  for (const text of here.also) findings.push(note(about, text))
  return findings.length > 0 ? findings : [right(about, 'It is, by what it says at /readyz.')]
}

/** Between two answers the feed may change, and once more. */
const mostTries = 3

/**
 * Most polls are answered with "nothing is new", which takes a few hundred bytes.
 * @param headers of the feed as it just came
 */
export async function foundPolling({ baseUrl }: Config, headers?: Headers): Promise<Finding> {
  const about = 'Polling'
  let etag = headers?.get('etag') ?? ''
  let status: number | undefined
  for (let n = 0; n < mostTries; n += 1) {
    const asked = await answerOf(`${baseUrl}/feed.json`, { 'If-None-Match': etag })
    status = asked.status
    if (status === 304) return right(about, 'Who has the newest feed is told so, with 304.')
    const other = asked.headers?.get('etag') ?? ''
    if (status !== 200) {
      const text = `Whether who has the newest feed is told so cannot be tried: ${status ?? 'no answer'} in place of 304.`
      return note(about, text, 'Try again when all that answers there is ready.')
    }
    if (other === etag || other === '' || etag === '') {
      const text = `Who has the newest feed gets it all again (${status} in place of 304).`
      const remedy = 'What stands in front takes ETag or If-None-Match away: have it pass them on.'
      return note(about, text, remedy)
    }
    etag = other
  }
  const text = `The feed at ${baseUrl} is another one each time it is asked for, and all of it comes.`
  const remedy =
    'Several machines answer there, and have not the same: start the doctor on each, which says where settings differ, or try again in a minute.'
  return note(about, text, remedy)
}
