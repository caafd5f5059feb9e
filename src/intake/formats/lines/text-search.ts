/** Looks for the same few texts again and again from places that only go forward, in time that grows with the text. */
export function createSearch(text: string) {
  const found = new Map<string, number>()
  return {
    /** Where it stands next, or -1. @param from never before that of an earlier call for the same */
    next(wanted: string, from: number): number {
      const known = found.get(wanted)
      if (known !== undefined && (known === -1 || known >= from)) return known
      const at = text.indexOf(wanted, from)
      found.set(wanted, at)
      return at
    },
  }
}

export type Search = ReturnType<typeof createSearch>
