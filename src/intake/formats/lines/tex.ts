/** Formulas in TeX as MathML. */
import { attempt } from '../../../attempt.ts'

/** Longer ones are text. Characters. */
export const longestFormula = 5000
/** Of all formulas of a text: what is beyond it stays as it is written. Characters. */
const mostMathMl = 1_000_000

/** A formula without the signs around it, as tokens of Markdown hold it too. */
export type Tex = {
  readonly tex: string
  /** Whether it stands alone. */
  readonly isBlock: boolean
}

/** Whether a letter, digit or sign of TeX makes a formula of what stands between two signs, or words, or a sum of money. */
export function isFormula(tex: string): boolean {
  if (/\\[a-zA-Z,;!{|]|\^|_[\w{\\]|[\w)}]'/.test(tex)) return !/^\d[\d.,]*\s+\p{L}{2}/u.test(tex)
  if (
    /\p{L}{3}/u.test(
      tex.replace(/\b(?:lim|max|min|mod)\b|\p{L}{2,5}(?=\()|\b(?:sin|cos|tan|log|exp)\b/gu, ''),
    )
  )
    return false
  if (/^\d/.test(tex)) return /^\d+(?:[.,]\d+)?[a-zA-Z]?$/.test(tex) || /[=<>+≤≥]/.test(tex)
  return /^[\p{L}\p{N}\s()[\]|+\-*/=<>≤≥.,:!≠∈ℝ]+$/u.test(tex) && !/\p{L}{2}\s+\p{L}{2}/u.test(tex)
}

/** Makes MathML of a formula; undefined where it is no TeX that we know, and where there is too much of it. */
export type TexReader = (formula: Tex) => string | undefined

/** For the formulas of one text, one after another. */
export async function createTexReader(): Promise<TexReader> {
  // It takes 22 ms to load, which a text without formulas need not pay.
  const { default: temml } = await import('temml')
  let room = mostMathMl
  return ({ tex, isBlock }) => {
    if (room <= 0 || tex.length > longestFormula) return undefined
    // Outside an environment TeX in pages breaks lines at two backslashes; MathML needs rows.
    const displayMode = isBlock || /^\s*\\begin\{(?:equation|align|gather)/.test(tex)
    const hasRows = isBlock && tex.includes('\\\\') && !tex.includes('\\begin')
    const whole = hasRows ? `\\begin{gathered}${tex}\\end{gathered}` : tex
    const mathMl = attempt(() => temml.renderToString(whole, { displayMode, throwOnError: true }))
    room -= mathMl?.length ?? 0
    // What says how it looks only would go later.
    return mathMl && withLines(mathMl).replace(/ (?:class|style)="[^"]*"/g, '')
  }
}

const rules: Readonly<Record<string, readonly [string, string]>> = {
  top: ['mover', '‾'],
  bottom: ['munder', '_'],
}

/** Lines above and below as signs, which browsers draw: MathML Core has no `menclose`. */
function withLines(mathMl: string): string {
  const ends: string[] = []
  return mathMl.replace(
    /<(\/?)menclose(?: notation="(\w+)")?[^>]*>/g,
    (tag, slash, notation = '') => {
      if (slash) return ends.pop() ?? tag
      const [name, sign] = rules[notation] ?? []
      ends.push(name ? `</mrow><mo stretchy="true">${sign}</mo></${name}>` : '</menclose>')
      return name ? `<${name}><mrow>` : tag
    },
  )
}
