/** Stories of which several files hold versions: which of these is the article, in one refresh. */
import type { Edition } from '../article.ts'
import { canceled } from '../intake/edition.ts'
import { type ArticleRow, rowAt } from './article-row.ts'
import type { ArticleResult } from './article-writer.ts'
import type { Editions, Held } from './editions.ts'
import type { Findings } from './findings.ts'
import type { Leaving } from './leaving.ts'
import type { Statements } from './statements.ts'

interface Parts {
  readonly statements: Statements
  readonly editions: Editions
  readonly findings: Findings
  readonly leaving: Leaving
}

export class Stories {
  readonly #statements: Statements
  readonly #editions: Editions
  readonly #findings: Findings
  readonly #leaving: Leaving
  /** Files to be read again: their version has come to be the one that counts. */
  readonly #again: string[] = []

  constructor({ statements, editions, findings, leaving }: Parts) {
    this.#statements = statements
    this.#editions = editions
    this.#findings = findings
    this.#leaving = leaving
  }

  /** The article of a story, also one that was removed. */
  articleOf({ story }: Pick<Edition, 'story'>): ArticleRow | undefined {
    const { article } = this.#editions.story(story)
    const row = rowAt(this.#statements, article)
    // Its file may hold another story by now.
    return row?.content.edition?.story === story ? row : undefined
  }

  isBest(path: string, { story }: Edition): boolean {
    return this.#editions.best(story)?.path === path
  }

  /** Of a file whose version does not count: a higher one is known. */
  setAside(result: ArticleResult): void {
    this.#findings.accept({ ...result, notes: [] })
    this.#statements.putFile.run(result.path, result.signature, null)
  }

  /** The article leaves the file that held it, which holds a lower version now or one that is withdrawn. */
  takeFromFile(row: ArticleRow): void {
    if (row.path === null) return
    const { signature = '' } = this.#statements.fileByPath.get(row.path) ?? {}
    this.#statements.putFile.run(row.path, String(signature), null)
    this.#leaving.add(row)
  }

  /** A story stays as old as its first version, though this one states its own date alone. */
  dated(result: ArticleResult): ArticleResult {
    const { content } = result
    const { edition, published, updated = published } = content
    const first = edition?.isDatedAnew ? this.#editions.story(edition.story).published : null
    if (first === null || first >= Date.parse(published)) return result
    const date = new Date(first).toISOString().replace('.000Z', 'Z')
    return { ...result, content: { ...content, published: date, updated } }
  }

  /**
   * Now that all files have been read: the version that counts is the article, unless that is withdrawn by it.
   * @returns files that have to be read again for it
   */
  settle(): readonly string[] {
    for (const story of this.#editions.takeTouched()) {
      const [best, ...others] = this.#editions.all(story)
      if (!best) continue
      // It may have been told that a higher one counted.
      if (best.isWithdrawn) this.#findings.replace(best.path, canceled.text)
      else this.#settleOn(best)
      for (const other of others) this.#endOther(other, best)
    }
    return this.#again
  }

  #settleOn(best: Held): void {
    const { path, story } = best
    const own = this.#statements.fileByPath.get(path)?.article
    if (typeof own === 'number') {
      this.#editions.putArticle(story, own)
      const row = this.articleOf(best)
      const { published } = this.#editions.story(story)
      const isTooLate = row && published !== null && row.published > published
      if (isTooLate && row.content.edition?.isDatedAnew) this.#readAgain(path, own)
      return
    }
    const row = this.articleOf(best)
    if (row?.path) {
      // That file was moved there and could not be read: nothing of it is known but the article.
      if (!this.#editions.at(row.path)) return
      this.takeFromFile(row)
    }
    // Until it has been read the text of the other stays, so that readers always find one.
    const kept = row && this.#leaving.keepAt(path, row.id)
    this.#readAgain(path, kept?.number ?? null)
  }

  #readAgain(path: string, article: number | null): void {
    this.#statements.putFile.run(path, '', article)
    this.#again.push(path)
  }

  #endOther(other: Held, best: Held): void {
    const { path } = other
    const row = rowAt(this.#statements, this.#statements.fileByPath.get(path)?.article)
    // It is withdrawn, or both were articles before it was known that they are one story.
    if (row) this.takeFromFile(row)
    this.#findings.replace(path, noteOf(other, best))
  }
}

/** What an editor should know of a version that is not shown. */
export function noteOf(
  { version, digits, made }: Pick<Edition, 'version' | 'digits' | 'made'>,
  best: Pick<Held, 'version' | 'digits' | 'made' | 'path' | 'isWithdrawn'>,
): string {
  const isSame = version === best.version && digits === best.digits && made === best.made
  const words = isSame ? 'the same version as' : 'an older version of'
  const end = best.isWithdrawn ? ', by which its agency has canceled it' : ', which counts'
  return `it is ${words} "${best.path}"${end}`
}
