/** What the doctor says of one thing. */
export interface Finding {
  /** A word or two. */
  readonly about: string
  /** A note is what may be meant, and is worth knowing. */
  readonly kind: 'right' | 'note' | 'wrong'
  /** Sentences. */
  readonly text: string
  /** What to do; a sentence. */
  readonly remedy?: string
}

type Make = (about: string, text: string, remedy?: string) => Finding

const of =
  (kind: Finding['kind']): Make =>
  (about, text, remedy) => ({ about, kind, text, ...(remedy !== undefined && { remedy }) })

export const right = of('right')
export const note = of('note')
export const wrong = of('wrong')
