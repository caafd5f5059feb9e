import { type FoundFile, look, toArticle } from './folder.ts'

/** Ends the signature of a link that is passed over for another one. */
const again = ' again'

/** Symbolic links among the articles, and what they mean by what else is there. */
export class LinkedFiles {
  /** Where links lead, by their own paths. */
  readonly #targets = new Map<string, string>()

  /**
   * Passes over all but one of the links to a file that is found by none of its own. A link that means something else
   * since what it leads to has changed, or what passed it over has gone, counts as found.
   * @param root the articles folder, absolute, without symbolic links
   * @param vanished known files that are not there
   * @param known signatures that files had when they were last read, by path
   */
  settle(
    root: string,
    found: readonly FoundFile[],
    vanished: readonly string[],
    known: ReadonlyMap<string, string>,
  ): readonly FoundFile[] {
    const touched = this.#note(found, vanished)
    if (this.#targets.size === 0) return found
    const files = new Map(found.map((file) => [file.path, file]))
    for (const [path, target] of this.#targets) {
      const file = touched.has(target) && !files.has(path) ? look(root, path) : undefined
      if (file) files.set(path, file)
    }
    const links = [...files.values()].filter(({ source }) => source !== undefined)
    for (const those of Map.groupBy(links, ({ source }) => source).values()) {
      const [first, ...others] = those.sort(
        (a, b) => order(a, known) - order(b, known) || byPath(a, b),
      )
      for (const file of first ? others : [])
        files.set(file.path, passOver(file, first?.path ?? ''))
    }
    return [...files.values()]
  }

  /** @returns files that came, changed or went, and those to which links led or lead that did */
  #note(found: readonly FoundFile[], vanished: readonly string[]): ReadonlySet<string> {
    const touched = new Set(vanished)
    const put = (path: string, target: string | undefined) => {
      for (const one of [this.#targets.get(path), target]) if (one !== undefined) touched.add(one)
      if (target === undefined) this.#targets.delete(path)
      else this.#targets.set(path, target)
    }
    for (const path of vanished) put(path, undefined)
    for (const { path, target, source } of found) {
      touched.add(path)
      put(path, target ?? source)
    }
    return touched
  }
}

/** Before all others comes the one that is published. */
function order({ path }: FoundFile, known: ReadonlyMap<string, string>): number {
  const signature = known.get(path)
  const isPublished =
    signature !== undefined && ![again, toArticle].some((end) => signature.endsWith(end))
  return isPublished ? 0 : 1
}

const byPath = (a: FoundFile, b: FoundFile) => (a.path < b.path ? -1 : 1)

const passOver = (file: FoundFile, other: string): FoundFile => ({
  ...file,
  signature: file.signature + again,
  passedOver: { text: `it is a link to the same file as "${other}"` },
  target: other,
})
