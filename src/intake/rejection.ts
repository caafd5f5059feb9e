import type { Note } from './note.ts'

/** Why a file could not become an article: where in it, what is wrong, what to do. */
export interface Rejection {
  /** 1-based; absent when the whole file is meant. */
  readonly line?: number
  readonly reason: string
  /** What to do about it: one sentence in the imperative. */
  readonly remedy: string
}

/** The 1-based line of a place in a text, whatever ends its lines. */
export const lineAt = (text: string, index: number) => text.slice(0, index).split(/\r\n?|\n/).length

/** Thrown by readers and by normalise.ts; the only error that means "this file, not this program". */
export class RejectionError extends Error {
  readonly rejections: readonly [Rejection, ...Rejection[]]
  /** What else an editor should know of the file. */
  readonly notes: readonly Note[] = []

  constructor(reason: string, remedy: string, line?: number) {
    super(reason)
    this.name = 'RejectionError'
    this.rejections = [line === undefined ? { reason, remedy } : { reason, remedy, line }]
  }

  /** All that is wrong with a file, at once. */
  static of(rejections: readonly [Rejection, ...Rejection[]]): RejectionError {
    const [{ reason, remedy }] = rejections
    return Object.assign(new RejectionError(reason, remedy), { rejections })
  }

  /** As of(), of what may be nothing. */
  static ofAny(rejections: readonly Rejection[]): RejectionError | undefined {
    const [first, ...others] = rejections
    return first && RejectionError.of([first, ...others])
  }

  withNotes(notes: readonly Note[]): RejectionError {
    return Object.assign(RejectionError.of(this.rejections), { notes })
  }

  /** What to throw where more is wrong with a file than was found so far; a fault of ours stays one. */
  static after(found: readonly Rejection[], error: unknown): unknown {
    if (!(error instanceof RejectionError)) return error
    return RejectionError.ofAny([...found, ...error.rejections])
  }
}

/** So many faults of a file are told at once. */
const mostFaults = 50

/** The first of many faults; the last of these says how many more there are. */
export function fewOf(
  rejections: readonly [Rejection, ...Rejection[]],
): readonly [Rejection, ...Rejection[]] {
  const more = rejections.length - mostFaults
  if (more <= 0) return rejections
  const [first, ...others] = rejections
  const last = { reason: `there are ${more} more faults`, remedy: 'Mend these first.' }
  return [first, ...others.slice(0, mostFaults - 1), last]
}
