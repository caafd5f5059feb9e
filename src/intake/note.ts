/**
 * Something an editor should know of a file that is no reason to reject it: what was passed over, or leads
 * nowhere.
 */
export interface Note {
  /** 1-based; absent when the whole file is meant. */
  readonly line?: number
  /** One clause, as the reason of a rejection is, and what to do where that helps. */
  readonly text: string
}
