/** Whether answers can be given, and what else is not as it should be. */

/** What may be wrong while right answers are given; the names stand in metrics. */
export const faultReasons = ['refresh', 'slow-refresh', 'storage', 'database', 'files'] as const

export interface Fault {
  readonly reason: (typeof faultReasons)[number]
  /** What is wrong, and until when or what to do: one line. */
  readonly text: string
}

/** Asked by requests: neither waits for anything nor writes. */
export interface Condition {
  /** Why nothing right can be served, in one line; undefined while it can. */
  unready(): string | undefined
  /** Why readers are told to come again, in one line, as of several machines this one would serve other than the rest. */
  refusal(): string | undefined
  degraded(): readonly Fault[]
}

/** All that is wrong, the worst first; a line each. */
export function linesOf(condition: Condition): string[] {
  const unready = condition.unready()
  const degraded = condition.degraded().map(({ text }) => text)
  return unready === undefined ? degraded : [unready, ...degraded.filter((one) => one !== unready)]
}
