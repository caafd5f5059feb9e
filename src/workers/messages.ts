/** What the process that refreshes and those that serve tell each other. */
import type { Config } from '../config.ts'
import type { AudienceState, Salt } from '../status/audience.ts'
import type { Fault } from '../status/condition.ts'
import type { Counted } from '../status/traffic.ts'

/** What a worker is told at its start. */
export interface Beginning {
  readonly config: Config
  /** undefined until there is something to serve. */
  readonly told: Told | undefined
}

/** What a worker is told when it is asked for a report. */
export interface Told {
  /** As Condition has these. */
  readonly unready: string | undefined
  readonly refusal: string | undefined
  readonly degraded: readonly Fault[]
  /** With which it hashes addresses. */
  readonly salt: Salt
}

/** What a worker has counted since its last report, and what it takes. */
export interface Report {
  readonly tallies: readonly Counted[]
  /** Who has polled it; as a whole, since it counts once however often it is added. */
  readonly audience: AudienceState | undefined
  /** Since its start, in seconds. */
  readonly cpuSeconds: number
  /** Resident, in bytes. */
  readonly memory: number
}

/** Downloads of feeds: names that the guard has for client and feed, and how many. */
export type Downloads = readonly (readonly [name: string, count: number])[]
