/**
 * Which files hold versions of which stories of agencies, and what is known of a story whatever becomes of its files: the
 * tables edition and story. Written as part of a refresh.
 */
import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { type Edition, unnumbered } from '../article.ts'
import { DamageError } from './damage.ts'

type Row = Record<string, unknown>

/** A file that holds a version of a story. */
export interface Held extends Pick<Edition, 'story' | 'version' | 'digits' | 'made'> {
  readonly path: string
  /** Its agency has canceled or withholds the story by it. */
  readonly isWithdrawn: boolean
}

/** What is known of a story. */
interface Story {
  /** Number of its article; null where it has had none. */
  readonly article: number | null
  /** The first date of publication that a version of it has stated, in ms since 1970; null where none has. */
  readonly published: number | null
}

const nothing: Story = { article: null, published: null }

/** A row of the table edition. @throws DamageError when it is another than was written */
export function heldIn(row: Row): Held {
  const held = {
    path: String(row.path),
    story: String(row.story),
    version: Number(row.version),
    ...(row.digits !== '' && { digits: String(row.digits) }),
    made: Number(row.made),
    isWithdrawn: row.withdrawn === 1,
  }
  if (row.sum !== heldSum(held)) throw new DamageError('a version of a story is damaged')
  return held
}

const heldSum = ({ path, story, version, digits, made, isWithdrawn }: Held) =>
  crc32(JSON.stringify([path, story, version, made, isWithdrawn, ...(digits ? [digits] : [])]))

/** A row of the table story. @throws DamageError when it is another than was written */
export function storyIn(row: Row): Story {
  const known = { article: numberOrNull(row.article), published: numberOrNull(row.published) }
  if (row.sum !== storySum(String(row.story), known)) throw new DamageError('a story is damaged')
  return known
}

const numberOrNull = (value: unknown) => (value === null ? null : Number(value))

const storySum = (story: string, { article, published }: Story) =>
  crc32(JSON.stringify([story, article, published]))

/**
 * The version that counts: the highest, of equal ones the one made last, then the last by path. A withdrawal without a
 * number counts in its place where it was made no earlier.
 * @param highest of those that have numbers, where there are any
 * @param withdrawal the last without
 */
const countingOf = <One extends Pick<Edition, 'made' | 'version'>>(
  highest: One | undefined,
  withdrawal: One | undefined,
) => (highest && withdrawal && withdrawal.made < highest.made ? highest : (withdrawal ?? highest))

/** The same of all files of a story. @param ordered the highest first, of equal ones the one made last, then the last by path */
export const countingIn = <One extends Pick<Edition, 'made' | 'version'>>(
  ordered: readonly One[],
) =>
  countingOf(
    ordered.find(({ version }) => version !== unnumbered),
    ordered.find(({ version }) => version === unnumbered),
  )

export class Editions {
  readonly #statements
  /** Stories whose files are others than before this refresh. */
  readonly #touched = new Set<string>()
  /** Most sites have none, and need not look for them. */
  #isEmpty: boolean

  constructor(database: DatabaseSync) {
    const of = (condition: string) =>
      `SELECT * FROM edition WHERE story = ?${condition} ORDER BY version DESC, digits DESC, made DESC, path DESC`
    this.#statements = {
      byPath: database.prepare('SELECT * FROM edition WHERE path = ?'),
      highest: database.prepare(`${of(` AND version > ${unnumbered}`)} LIMIT 1`),
      withdrawal: database.prepare(`${of(` AND version = ${unnumbered}`)} LIMIT 1`),
      all: database.prepare(of('')),
      stories: database.prepare('SELECT story FROM edition ORDER BY path'),
      put: database.prepare('INSERT OR REPLACE INTO edition VALUES (?, ?, ?, ?, ?, ?, ?)'),
      delete: database.prepare('DELETE FROM edition WHERE path = ? RETURNING *'),
      story: database.prepare('SELECT * FROM story WHERE story = ?'),
      putStory: database.prepare('INSERT OR REPLACE INTO story VALUES (?, ?, ?, ?)'),
    }
    this.#isEmpty = database.prepare('SELECT 1 FROM edition LIMIT 1').get() === undefined
  }

  /** Notes what a file holds. @param published of its article, in ms since 1970; undefined where the story is withdrawn */
  put(path: string, edition: Omit<Edition, 'isDatedAnew'>, published?: number): void {
    const { story, version, digits, made } = edition
    this.forget(path)
    const stated = { path, story, version, ...(digits && { digits }), made }
    const held = { ...stated, isWithdrawn: published === undefined }
    const withdrawn = Number(held.isWithdrawn)
    this.#statements.put.run(path, story, version, made, withdrawn, heldSum(held), digits ?? '')
    this.#isEmpty = false
    this.#touched.add(story)
    if (published === undefined) return
    const known = this.story(story)
    if (known.published === null || published < known.published) {
      this.#putStory(story, { ...known, published })
    }
  }

  /** Of a file that holds none any more. */
  forget(path: string): void {
    const row = this.#isEmpty ? undefined : this.#statements.delete.get(path)
    if (row) this.#touched.add(heldIn(row).story)
  }

  at(path: string): Held | undefined {
    const row = this.#isEmpty ? undefined : this.#statements.byPath.get(path)
    return row && heldIn(row)
  }

  /** The file of the version that counts. */
  best(story: string): Held | undefined {
    const { highest, withdrawal } = this.#statements
    const [one, other] = [highest.get(story), withdrawal.get(story)]
    return countingOf(one && heldIn(one), other && heldIn(other))
  }

  /** All of its files, the one that counts first. */
  all(story: string): Held[] {
    const all = this.#statements.all.all(story).map(heldIn)
    const best = countingIn(all)
    return best ? [best, ...all.filter((one) => one !== best)] : []
  }

  story(story: string): Story {
    const row = this.#statements.story.get(story)
    return row ? storyIn(row) : nothing
  }

  putArticle(story: string, article: number): void {
    const known = this.story(story)
    if (known.article !== article) this.#putStory(story, { ...known, article })
  }

  #putStory(story: string, known: Story): void {
    const { article, published } = known
    this.#statements.putStory.run(story, article, published, storySum(story, known))
  }

  /** Of a first refresh that was broken off and went on: all stories are new. */
  recall(): void {
    for (const { story } of this.#statements.stories.iterate()) this.#touched.add(String(story))
  }

  /** The stories whose files are others than before, each once. */
  takeTouched(): string[] {
    const touched = [...this.#touched]
    this.#touched.clear()
    return touched
  }

  /** Forgets what an abandoned refresh did. */
  reset(): void {
    this.#touched.clear()
  }
}
