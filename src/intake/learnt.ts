/** What reading files has shown besides articles. */
export interface Learnt {
  /** What reading a file has needed, by its path (`withNeeds`). */
  readonly needs: readonly (readonly [path: string, needs: string])[]
  /** Files that are data and no articles. */
  readonly data: readonly string[]
}

/** Where nothing was read. */
export const nothing: Learnt = { needs: [], data: [] }
