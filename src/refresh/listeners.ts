import type { RefreshReport } from '../catalogue/catalogue.ts'

export type Listener = (report: RefreshReport) => void | Promise<void>

/** Who is told of commits. */
export class Listeners {
  readonly #all = new Set<Listener>()
  #heldBack: RefreshReport[] = []
  #isHolding = false

  /** @returns ends that */
  add(tell: Listener): () => void {
    this.#all.add(tell)
    return () => void this.#all.delete(tell)
  }

  /** Of what is committed meanwhile they are told by `release`. */
  async holdBack(commit: () => Promise<void>): Promise<void> {
    this.#isHolding = true
    await commit()
    this.#isHolding = false
  }

  async release(): Promise<void> {
    for (const report of this.#heldBack.splice(0)) await this.tell(report)
  }

  async tell(report: RefreshReport): Promise<void> {
    if (this.#isHolding) this.#heldBack.push(report)
    else for (const tell of this.#all) await tell(report)
  }
}
