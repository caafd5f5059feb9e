/** The keys of one file's front matter by what they mean; what is wrong with them, and what is passed over. */
import { isPicture } from '../../../media-kinds.ts'
import type { Note } from '../../note.ts'
import type { Rejection } from '../../rejection.ts'
import { noteOfKeys } from '../../unknown-keys.ts'
import {
  type Field,
  fieldOf,
  foldedKey,
  isPictureKey,
  isSilent,
  rankOf,
} from './front-matter-keys.ts'
import { plainText } from './front-matter-text.ts'
import type { Entry, Value } from './front-matter-tree.ts'

/** To pass these over, or to take one of two, would mislead readers. */
const needed: readonly (Field | undefined)[] = ['title', 'date', 'expires', 'draft']

/** A value that is one text, or a list of one. */
export function textOf(value: Value | undefined): string | undefined {
  if (value === undefined) return undefined
  if ('text' in value) return value.text
  const [first, ...others] = 'list' in value ? value.list : []
  return others.length === 0 ? textOf(first) : undefined
}

/** Of each what `textOf` gives, '' where that is nothing. */
export const textsOf = (entries: readonly Entry[]) =>
  entries.map(({ value }) => textOf(value) ?? '')

/** The value of a key within a value: of several names the first that is there. */
export function partOf(value: Value, ...names: readonly string[]): Value | undefined {
  if (!('table' in value)) return undefined
  const { table } = value
  const entryOf = (name: string) => table.find(({ key }) => foldedKey(key) === foldedKey(name))
  return names.map(entryOf).find((entry) => entry !== undefined)?.value
}

/** What YAML 1.1 and 1.2, TOML and people have for true and false; undefined for anything else. */
export function booleanIn(value: Value): boolean | undefined {
  const text = textOf(value) ?? ''
  if (/^(?:true|yes|y|on|1)$/i.test(text)) return true
  return /^(?:false|no|n|off|0)$/i.test(text) ? false : undefined
}

/** As a message shows it behind its key. */
export function shown(value: Value): string {
  const text = textOf(value)
  return text === undefined ? '' : ` "${text.slice(0, 80)}"`
}

/** Themes call the lead picture what they like. */
const pictureField = ({ key, value }: Entry): Field | undefined =>
  isPictureKey(key) && 'text' in value && isPicture(value.text) ? 'image' : undefined

const isOfPreview = (entry: Entry) =>
  ['summary', 'image'].includes(fieldOf(entry.key) ?? pictureField(entry) ?? '')

export class Fields {
  readonly faults: Rejection[] = []
  readonly notes: Note[] = []
  readonly #byField = new Map<Field, Entry[]>()
  readonly #lastCounts: boolean

  /** @param lastCounts whether of a key that is stated twice the last one counts, as for Jekyll; else to state one that is needed twice is a fault */
  constructor(entries: readonly Entry[], lastCounts = false) {
    this.#lastCounts = lastCounts
    const others = this.#sort(entries)
    for (const { value } of this.all('tables')) if ('table' in value) this.#sort(value.table)
    for (const { value } of this.all('previews')) {
      if ('table' in value) this.#sort(value.table.filter(isOfPreview))
    }
    const unknown = others.filter(({ key }) => !isSilent(key))
    const [first, ...more] = unknown
    if (first) this.notes.push(noteOfKeys([first, ...more]))
  }

  /** Those of a field, the one that counts first before the others. */
  all(field: Field): readonly Entry[] {
    return this.#byField.get(field) ?? []
  }

  note(line: number, text: string): void {
    this.notes.push({ line, text })
  }

  passOver({ key, line, value }: Entry, why: string): void {
    this.note(line, `${key}${shown(value)} ${why} and is passed over`)
  }

  reject({ line }: Entry, reason: string, remedy: string): void {
    this.faults.push({ reason, remedy, line })
  }

  /**
   * The first value of a field that is of use.
   * @param use returns undefined for a text that is of no use
   * @param why the text is of no use, behind its key and itself
   */
  first(field: Field, use: (text: string) => string | undefined, why = ''): string | undefined {
    for (const entry of this.all(field)) {
      const text = textOf(entry.value)
      const used = text === undefined ? undefined : use(text)
      if (used) return used
      this.passOver(entry, text === undefined ? 'is not text' : why)
    }
    return undefined
  }

  /** As people read it. */
  text(field: Field): string | undefined {
    return this.first(field, plainText)
  }

  /** @returns those that belong to no field */
  #sort(entries: readonly Entry[]): readonly Entry[] {
    const known = new Map<string, Entry>()
    const found = new Map<Field, Entry[]>()
    const others: Entry[] = []
    for (const entry of this.#lastCounts ? entries.toReversed() : entries) {
      const field = fieldOf(entry.key) ?? pictureField(entry)
      const before = known.get(foldedKey(entry.key))
      if (before) this.#tellTwice(entry, before, field)
      else if (field) found.set(field, [...(found.get(field) ?? []), entry])
      else others.push(entry)
      if (!before) known.set(foldedKey(entry.key), entry)
    }
    for (const [field, some] of found) {
      const inOrder = some.sort((one, other) => rankOf(one.key) - rankOf(other.key))
      this.#byField.set(field, [...this.all(field), ...inOrder])
    }
    return this.#lastCounts ? others.toReversed() : others
  }

  #tellTwice(entry: Entry, before: Entry, field: Field | undefined): void {
    if (shown(entry.value) === shown(before.value)) return
    if (needed.includes(field) && !this.#lastCounts) {
      this.reject(
        entry,
        `${entry.key} is stated twice, first in line ${before.line}`,
        'Keep one of the two keys with the same name.',
      )
    } else if (field) {
      this.notes.push({
        line: entry.line,
        text: `${entry.key} is stated twice, and the one in line ${before.line} counts`,
      })
    }
  }
}
