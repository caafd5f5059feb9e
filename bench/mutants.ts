/** Small mistakes that somebody could make in a source file, one at a time. */
import { stripTypeScriptTypes } from 'node:module'
import { parse, tokenizer } from 'acorn'

export interface Mutant {
  /** From 1. */
  readonly line: number
  /** What was changed, for people. */
  readonly change: string
  /** The whole file, with the mistake and without types. */
  readonly code: string
}

const options = { ecmaVersion: 'latest', sourceType: 'module' } as const
/** What may stand in the place of a token. */
const swaps: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '!': [''],
  true: ['false'],
  false: ['true'],
  return: ['return void '],
  'if (': ['if (!', 'if (true || ', 'if (false && '],
  ' ? ': [' ?? true ? ', ' && false ? '],
}
/** A statement that is a call, and calls whose result is of the type of what they are called on. */
const removable =
  /(?<=\n) *(await )?[\w.#?]+\([^\n]*\)(?=\n)|\.(trim(End|Start)?|to(Low|Upp)erCase|normalize|sort|reverse)\(\)/g

const tests = /\bif \(| \? /g

/** @throws SyntaxError when the file is not TypeScript whose types can be taken away */
export function mutantsOf(source: string): Mutant[] {
  const code = stripTypeScriptTypes(source)
  const found: Mutant[] = []
  const replace = (start: number, end: number, text: string) => {
    const mutated = code.slice(0, start) + text + code.slice(end)
    if (!isModule(mutated)) return
    const line = code.slice(0, start).split('\n').length
    found.push({
      line,
      change: `${short(code.slice(start, end))}  →  ${short(text)}`,
      code: mutated,
    })
  }
  for (const { start, end } of tokenizer(code, options)) {
    // Another name of a module is no small mistake.
    if (code.slice(start - 5, start) === 'from ') continue
    for (const text of others(code.slice(start, end))) replace(start, end, text)
  }
  for (const { index, 0: call } of code.matchAll(removable)) replace(index, index + call.length, '')
  for (const { index, 0: test } of code.matchAll(tests)) {
    for (const text of swaps[test] ?? []) replace(index, index + test.length, text)
  }
  return found
}

function others(token: string): readonly string[] {
  if (/^\d[\d_]*$/.test(token)) return [`${token} + 1`, `${token} - 1`]
  if (/^'.+'$/.test(token)) return ["''"]
  if (/^\/.+\/\w*$/.test(token)) return patterns(token)
  return Object.hasOwn(swaps, token) ? (swaps[token] ?? []) : []
}

/** A regular expression, each time without one of its anchors or quantifiers. */
function patterns(pattern: string): string[] {
  const parts = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[:=!]?|\{\d+,?\d*\}|[*+?^$]/gs
  return [...pattern.matchAll(parts)]
    .filter(([part]) => /^[{*+?^$]/.test(part))
    .map(({ index, 0: part }) => pattern.slice(0, index) + pattern.slice(index + part.length))
}

function isModule(code: string): boolean {
  try {
    return Boolean(parse(code, options))
  } catch {
    return false
  }
}

const short = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 90) || 'nothing'
