/** Footnotes by tags of Liquid: `{% fn_ref 1 %}`, and `{% fn The note. %}` for each between `{% footnotes %}` and its end. */

export function createLiquidNotes(text: string) {
  let references: ReadonlySet<string> | undefined
  let count: number | undefined
  let written = 0

  const isReferredTo = (number: string) => {
    references ??= new Set(
      Array.from(text.matchAll(/\{%-?\s*fn_ref\s+(\d{1,4})/g), ([, one = '']) => one),
    )
    return references.has(number)
  }
  const isWritten = (number: number) => {
    count ??= text.match(/\{%-?\s*fn\s/g)?.length ?? 0
    return number >= 1 && number <= count
  }

  return {
    /**
     * What one of these tags becomes, as Markdown; undefined for any other.
     * @param rest what stands behind its name
     */
    markdownOf(name: string, rest: string): string | undefined {
      if (name === 'footnotes') return ''
      if (name === 'fn_ref') return isWritten(Number(rest)) ? `[^fn-${Number(rest)}]` : ''
      if (name !== 'fn') return undefined
      written += 1
      const words = rest.trim().replace(/\s*\n\s*/g, ' ')
      // A note that nothing leads to would be lost.
      return isReferredTo(String(written))
        ? `\n\n[^fn-${written}]: ${words}\n\n`
        : `\n\n${words}\n\n`
    },
  }
}

export type LiquidNotes = ReturnType<typeof createLiquidNotes>
