/** What the parts of a Word document lead to (ECMA-376 part 2 §9.3). */
import { posix } from 'node:path'
import { elementsOf } from './word-xml.ts'
import type { XmlNode } from './xml-tree.ts'

/** What a part leads to. */
export interface Target {
  /** An address, or the name of a file in the document. */
  readonly address: string
  readonly isExternal: boolean
  /** The last part of the name of its type, as in `hyperlink`. */
  readonly type: string
}

/** All that one part leads to. */
export class Relations {
  readonly #byId = new Map<string, Target>()

  /**
   * @param root of the part with the relations of another part
   * @param of the name of that
   */
  constructor(root: XmlNode | undefined, of: string) {
    for (const { attributes } of elementsOf(root)) {
      const { Id: id, Target: written = '', TargetMode: mode, Type: type = '' } = attributes
      if (id === undefined || this.#byId.has(id)) continue
      const isExternal = mode === 'External'
      const address = isExternal
        ? written
        : nameIn(posix.dirname(of), written.replaceAll('\\', '/'))
      this.#byId.set(id, { address, isExternal, type: type.split('/').at(-1) ?? '' })
    }
  }

  targetOf(id: string): Target | undefined {
    return this.#byId.get(id)
  }

  /** The first part of a type. */
  ofType(type: string): string | undefined {
    return this.#byId.values().find((one) => one.type === type && !one.isExternal)?.address
  }
}

/** The name of a file that is stated from a folder in the document, or from its root. */
const nameIn = (folder: string, target: string) => posix.resolve('/', folder, target).slice(1)

/** Where the relations of a part stand. */
export const relationsPart = (of: string) =>
  posix.join(posix.dirname(of), '_rels', `${posix.basename(of)}.rels`)
