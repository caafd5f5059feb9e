import { type Addresses, pages } from './addresses.ts'

/** What editors should know of files that state addresses of other articles; told when a refresh ends. */
export class AddressNotes {
  readonly #addresses: Addresses
  /** Of files that were read and state aliases, which may be another article's address. */
  #wishes: Wish[] = []
  /** Of files that state the original of another article: what is told of them. */
  readonly #sharing = new Map<string, string>()

  constructor(addresses: Addresses) {
    this.#addresses = addresses
  }

  wish(wish: Wish): void {
    if (wish.aliases.some(isOfPage)) this.#wishes.push(wish)
  }

  /** Of a first refresh that was broken off and went on: what it was told before is found in the tables. */
  recall(): void {
    this.#wishes = this.#addresses.wishing()
    for (const { path, original, first } of this.#addresses.sharing()) {
      this.share(path, original, first)
    }
  }

  /** @param first the file of the other article */
  share(path: string, canonicalUrl: string, first: string): void {
    this.#sharing.set(path, sharedOriginal(canonicalUrl, first))
  }

  /** Once all slugs are settled. */
  *all(): Generator<{ readonly path: string; readonly text: string }> {
    for (const { number, path, aliases } of this.#wishes) {
      for (const alias of aliases) {
        if (this.#isTaken(alias, number)) yield { path, text: takenAlias(alias) }
      }
    }
    for (const [path, text] of this.#sharing) yield { path, text }
  }

  /** Whether it is or was the address of another article. */
  #isTaken(alias: string, number: number): boolean {
    return isOfPage(alias) && this.#addresses.isTaken(alias.slice(pages.length), number, null)
  }
}

const isOfPage = (address: string) => address.startsWith(pages)

interface Wish {
  /** Of the article. */
  readonly number: number
  readonly path: string
  readonly aliases: readonly string[]
}

const takenAlias = (alias: string) =>
  `its alias ${alias} is or was another article's address and leads there`

export const sharedOriginal = (canonicalUrl: string, first: string) =>
  `its original "${canonicalUrl}" is that of "${first}" too; with GUID=permalink readers know that one by it, and this one by its own address`
