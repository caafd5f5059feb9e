/** Small mistakes that somebody could make in a source file, one at a time. */
import { stripTypeScriptTypes } from 'node:module'
import { type AnyNode, type Expression, type Literal, parse, type TemplateLiteral } from 'acorn'
import { ancestor } from 'acorn-walk'

export interface Mutant {
  /** From 1. */
  readonly line: number
  /** What was changed, for people. */
  readonly change: string
  /** The whole file, with the mistake and without types. */
  readonly code: string
}

/** Offsets in the file, and what to put there. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

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
}

/** Methods whose result is of the same type as what they are called on. */
const optional = new Set(
  'trim trimEnd trimStart toLowerCase toUpperCase normalize replace replaceAll filter slice sort toSorted reverse'.split(
    ' ',
  ),
)

/** @throws SyntaxError when the file is not TypeScript whose types can be taken away */
export function mutantsOf(source: string): Mutant[] {
  const code = stripTypeScriptTypes(source)
  const edits: Edit[] = []
  ancestor(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), {
    Expression(node, _state, ancestors) {
      edits.push(...editsOf(node, ancestors.at(-2), code))
    },
    Statement(node, _state, ancestors) {
      edits.push(...editsOf(node, ancestors.at(-2), code))
    },
  })
  return edits.flatMap((edit) => toMutant(edit, code) ?? [])
}

function toMutant({ start, end, text }: Edit, code: string): Mutant | undefined {
  const mutated = code.slice(0, start) + text + code.slice(end)
  try {
    parse(mutated, { ecmaVersion: 'latest', sourceType: 'module' })
  } catch {
    return undefined
  }
  const line = code.slice(0, start).split('\n').length
  return { line, change: `${short(code.slice(start, end))}  →  ${short(text)}`, code: mutated }
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 90 ? `${line.slice(0, 89)}…` : line || 'nothing'
}

function editsOf(node: AnyNode, parent: AnyNode | undefined, code: string): Edit[] {
  const { start, end } = node
  const instead = (...texts: string[]): Edit[] => texts.map((text) => ({ start, end, text }))
  const textOf = (part: AnyNode) => code.slice(part.start, part.end)
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression': {
      const { test } = node
      return [`!(${textOf(test)})`, 'true', 'false'].map((text) => replace(test, text))
    }
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const { left, right, operator } = node
      if (operator === '??') return instead(textOf(left))
      if (operator === '+' && (isText(left as Expression) || isText(right))) return []
      const before = code.slice(start, left.end)
      const between = code.slice(left.end, right.start)
      const after = code.slice(right.start, end)
      const others = swaps[operator] ?? []
      return instead(...others.map((other) => before + between.replace(operator, other) + after))
    }
    case 'UnaryExpression':
      return node.operator === '!' ? instead(textOf(node.argument)) : []
    case 'ExpressionStatement':
      return isCall(node.expression) ? instead(';') : []
    case 'ReturnStatement':
      return node.argument && textOf(node.argument) !== 'undefined' ? instead('return') : []
    case 'ArrowFunctionExpression':
      return node.expression ? [replace(node.body, 'undefined')] : []
    case 'CallExpression': {
      const { callee } = node
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return []
      return optional.has(callee.property.name) ? instead(textOf(callee.object)) : []
    }
    case 'TemplateLiteral':
      return isText(node) && parent?.type !== 'TaggedTemplateExpression' ? instead('``') : []
    case 'Literal':
      return parent?.type.startsWith('Import') ? [] : literal(node, instead)
    default:
      return []
  }
}

const replace = ({ start, end }: AnyNode, text: string): Edit => ({ start, end, text })

function isCall(node: Expression): boolean {
  return node.type === 'AwaitExpression' ? isCall(node.argument) : node.type === 'CallExpression'
}

function isText(node: Expression | TemplateLiteral): boolean {
  if (node.type === 'TemplateLiteral') return node.quasis.some(({ value }) => value.raw !== '')
  return node.type === 'Literal' && typeof node.value === 'string'
}

function literal(node: Literal, instead: (...texts: string[]) => Edit[]): Edit[] {
  const { value, regex } = node
  if (regex) {
    return instead(...patterns(regex.pattern).map((pattern) => `/${pattern}/${regex.flags}`))
  }
  if (typeof value === 'number') return instead(`${value + 1}`, `${value - 1}`)
  if (typeof value === 'boolean') return instead(`${!value}`)
  return typeof value === 'string' && value !== '' ? instead("''") : []
}

/** The pattern, each time without one of its anchors or quantifiers. */
function patterns(pattern: string): string[] {
  const parts = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[:=!]?|\{\d+,?\d*\}|[*+?^$]/gs
  return [...pattern.matchAll(parts)]
    .filter(([part]) => /^[{*+?^$]/.test(part))
    .map(({ index, 0: part }) => pattern.slice(0, index) + pattern.slice(index + part.length))
    .filter((one) => one !== '')
}
