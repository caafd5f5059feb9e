import { isEmbedded } from '../intake/embedded-pictures.ts'
import { fileKey, nameIn } from '../intake/file-key.ts'
import { fileLinksIn } from '../intake/file-link.ts'
import { mediaPathsIn } from '../intake/links.ts'
import { isDownload } from '../media-kinds.ts'
import { type ArticleRow, rowOf } from './article-row.ts'
import { isOut } from './is-out.ts'
import type { Statements } from './statements.ts'

/** Begins the key of a name, which no key of a path does. */
const ofName = (name: string) => `/${name}`

/**
 * Begins the key of a file that is served only where an article links to it or shows it, which no other key does.
 * @param path its whole address counts as well
 */
export const ofMedia = (path: string) => `//${path}`

/** Notes which files an article links to. @param number of its row, which has no links yet */
export function putLinks({ putLink }: Statements, number: number, html: string): void {
  for (const { path, name } of fileLinksIn(html)) {
    if (path !== '') putLink.run(fileKey(path), number)
    if (name !== '') putLink.run(ofName(name), number)
  }
  for (const path of mediaPathsIn(html)) {
    if (isDownload(path) || isEmbedded(path)) putLink.run(ofMedia(path), number)
  }
}

/** What an article is to those that link to it. */
type State = Pick<ArticleRow, 'slug' | 'path' | 'published' | 'expires'>

/** An article that links to what has changed. */
interface LinkingArticle {
  readonly row: ArticleRow
  /** Whether its file means something else now, and has to be read again. */
  readonly isOutdated: boolean
}

/** Which articles link to which files, and what a refresh changes for those that do. */
export class LinkIndex {
  readonly #statements: Statements
  readonly #times: { readonly since: number; readonly now: number }
  #isEmpty: boolean
  /** Keys of the files whose pages came, went or moved, and whether the files did. */
  readonly #changed = new Map<string, boolean>()
  /** Paths of the files that were read by this refresh, and so know of the others. */
  readonly #read = new Set<string>()

  /**
   * @param times of this refresh and of the last one, in ms since 1970
   * @param isFirst in the first refresh nothing that is linked to comes, goes or moves
   */
  constructor(
    statements: Statements,
    times: { readonly since: number; readonly now: number },
    isFirst: boolean,
  ) {
    this.#statements = statements
    this.#times = times
    this.#isEmpty = isFirst || statements.anyLink.get() === undefined
  }

  /** @param isNew whether the article is */
  put(number: number, html: string, isNew: boolean): void {
    if (!isNew && !this.#isEmpty) this.#statements.deleteLinks.run(number)
    putLinks(this.#statements, number, html)
  }

  /** Notes that a file was read. */
  read(path: string): void {
    if (!this.#isEmpty) this.#read.add(path)
  }

  /**
   * Notes what became of an article.
   * @param before as it was before this refresh; undefined where there was none, or it was gone
   * @param after undefined where it is gone
   */
  note(before: State | undefined, after: State | undefined): void {
    if (this.#isEmpty) return
    const { since, now } = this.#times
    if (before?.path !== after?.path) {
      for (const one of [before, after]) if (one?.path) this.#changed.set(fileKey(one.path), true)
    } else if (before && after) {
      const isSame = before.slug === after.slug && isOut(before, since) === isOut(after, now)
      if (!isSame) this.noteDue(after)
    }
  }

  /** Notes that an article came out or expired, or has another slug. */
  noteDue({ path }: State): void {
    if (this.#isEmpty || path === null) return
    const key = fileKey(path)
    this.#changed.set(key, this.#changed.get(key) ?? false)
  }

  /** The articles that link to what has changed, each once. */
  linking(): LinkingArticle[] {
    const found = new Map<number, LinkingArticle>()
    for (const [key, isMoved] of this.#changed) {
      for (const one of this.#statements.linking.all(key, ofName(nameIn(key)))) {
        const row = rowOf(one)
        if (!row?.path) continue
        const isOutdated =
          (isMoved && !this.#read.has(row.path)) || found.get(row.number)?.isOutdated
        found.set(row.number, { row, isOutdated: isOutdated ?? false })
      }
    }
    return [...found.values()]
  }
}
