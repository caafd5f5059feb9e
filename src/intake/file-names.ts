/** Files of the articles folder by the names that links give them. */
import { posix } from 'node:path'
import { dateOf, fileKey, nameIn, unnumbered } from './file-key.ts'
import { walk } from './folder.ts'
import { isArticleName, isMostlyOther } from './formats/input-formats.ts'

/** What an author writes in place of a path, as the path of an article's file. */
export function articlePath(written: string): string {
  if (written === '' || written.endsWith('/')) return `${written}index.md`
  return isArticleName(posix.basename(written)) ? written : `${written}.md`
}

/** Collected when the first link asks for them: most folders have no need. */
export class FileNames {
  readonly #paths: () => Iterable<string>
  #byKey: Map<string, string[]> | undefined
  /** Of those whose names begin with a number, by what a site makes of them. */
  readonly #unnumbered = new Map<string, string[]>()
  readonly #byName = new Map<string, string[]>()

  /** @param paths gives all article files, relative to the articles folder */
  constructor(paths: () => Iterable<string>) {
    this.#paths = paths
  }

  /** Learns of a file that came. What is mostly data is meant only by its whole path. */
  add(path: string): void {
    if (!this.#byKey || isMostlyOther(path)) return
    const key = fileKey(path)
    addTo(this.#byKey, key, path)
    addTo(this.#byName, nameIn(key), path)
    if (unnumbered(key) !== key) addTo(this.#unnumbered, unnumbered(key), path)
  }

  /** Learns of a file that went. */
  remove(path: string): void {
    const key = fileKey(path)
    if (!this.#byKey) return
    removeFrom(this.#byKey, key, path)
    removeFrom(this.#byName, nameIn(key), path)
    removeFrom(this.#unnumbered, unnumbered(key), path)
  }

  /** Forgets all of them: they are others now. */
  clear(): void {
    this.#byKey = undefined
    this.#byName.clear()
    this.#unnumbered.clear()
  }

  /** The file that a path means which no file has as it is: its letters may be composed otherwise, its extension another, a number stand before it. */
  like(path: string): string | undefined {
    const meant = path.normalize().toLowerCase()
    const isSame = (one: string) => one.normalize().toLowerCase() === meant
    const key = fileKey(path)
    const found = this.#collected().get(key) ?? this.#unnumbered.get(key)
    const some = [...(found ?? [])].sort()
    return some.find(isSame) ?? some[0]
  }

  /**
   * The file of that name, with folders and a date where these are stated.
   * @param from the file that names it: of several the nearest is meant
   * @param mayBe whether a file can be meant at all
   */
  named(
    name: string,
    from: string,
    mayBe: (path: string) => boolean = () => true,
  ): string | undefined {
    this.#collected()
    const wanted = fileKey(articlePath(posix.join('/', name).slice(1)))
    const isDated = dateOf(wanted) !== ''
    const found = [...(this.#byName.get(nameIn(wanted)) ?? [])]
      .map((path) => ({ path, key: fileKey(path), steps: distance(from, path) }))
      .filter(({ key }) => isMeant(key, wanted))
      .sort((a, b) => {
        // The date that is stated tells more than the folder.
        const byDate = isDated ? dateOf(b.key).length - dateOf(a.key).length : 0
        return byDate || a.steps - b.steps || (a.path < b.path ? -1 : 1)
      })
      // The folder is asked about it, which takes its time: of many of a name not for each.
      .find(({ path }) => mayBe(path))
    return found?.path
  }

  #collected(): ReadonlyMap<string, readonly string[]> {
    if (!this.#byKey) {
      this.#byKey = new Map()
      for (const path of this.#paths()) this.add(path)
    }
    return this.#byKey
  }
}

/** Of a folder that is looked through when that is needed. @param root absolute, without symbolic links */
export const namesIn = (root: string) => new FileNames(() => walk(root).map(({ path }) => path))

function addTo(map: Map<string, string[]>, key: string, path: string): void {
  const known = map.get(key)
  if (!known) map.set(key, [path])
  else if (!known.includes(path)) known.push(path)
}

function removeFrom(map: Map<string, string[]>, key: string, path: string): void {
  const others = (map.get(key) ?? []).filter((one) => one !== path)
  if (others.length > 0) map.set(key, others)
  else map.delete(key)
}

/** Posts of two years may have the same name: a date that both state has to be the same, and tells more than the folder. */
function isMeant(key: string, wanted: string): boolean {
  const [stated, meant] = [dateOf(key), dateOf(wanted)]
  if (stated !== '' && meant !== '') return stated === meant
  const folder = posix.dirname(wanted)
  return folder === '.' || `/${posix.dirname(key)}`.endsWith(`/${folder}`)
}

/** Folders to be left and entered on the way from one file to another. */
function distance(from: string, to: string): number {
  const [here, there] = [from, to].map((path) => path.split('/').slice(0, -1)) as [
    string[],
    string[],
  ]
  const shared = here.findIndex((name, n) => name !== there[n])
  return here.length + there.length - 2 * (shared === -1 ? here.length : shared)
}
