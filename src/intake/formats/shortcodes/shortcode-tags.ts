/** Reads single tags of Hugo, Zola, Liquid and Nunjucks, where they begin, and has them replaced. */
import { escapeText, wordSet } from '../../../text.ts'
import { type Parameters, parametersIn } from './shortcode-parameters.ts'
import { type Expansion, endOf } from './tag-expansion.ts'
import { isInclude, putTag } from './tag-place.ts'

/** `{{< name … >}}` and `{{% name … %}}`. @returns where to go on */
export function putHugoTag(expansion: Expansion, at: number): number {
  const { text, rewriting } = expansion
  const end = endOf(expansion, at, text.charAt(at + 2) === '<' ? '>}}' : '%}}')
  if (end === -1) return at + 3
  const inside = text.slice(at + 3, end - 3).trim()
  // Written so that it is shown.
  if (inside.startsWith('/*')) {
    const shown = text.slice(at + 3, end - 3).replace(/^\s*\/\*|\*\/\s*$/g, '')
    const [open, close] = [text.charAt(at + 2), text.slice(end - 3, end)]
    return rewriting.put(at, end, `{{${escapeText(open + shown)}${escapeText(close)}`)
  }
  const [, slash, word = '', rest = ''] = /^(\/?)\s*([\w./-]*)([\s\S]*)$/.exec(inside) ?? []
  if (slash) return putEnd(expansion, at, end)
  const name = word.toLowerCase()
  const closings = [`/${name}`]
  return putTag(expansion, { name, parameters: parametersIn(rest), rest, start: at, end, closings })
}

/** Tags of templates, which show nothing of their own. */
const silentTags = wordSet(
  'break capture case continue cycle decrement else elsif elseif for if increment unless when',
)

/** `{% name … %}`. @returns where to go on */
export function putLiquidTag(expansion: Expansion, at: number): number {
  const { text, rewriting, scope } = expansion
  const end = endOf(expansion, at, '%}')
  if (end === -1) return at + 2
  const inside = text.slice(at + 2, end - 2).replace(/^[-+]|[-+]$/g, '')
  const [, word = '', rest = ''] = /^([a-z][\w-]*)([\s\S]*)$/i.exec(inside.trim()) ?? []
  const name = word.toLowerCase()
  if (name === '') return at + 2
  if (name === 'assign' || name === 'set') scope.give(rest)
  if (name.startsWith('end')) return putEnd(expansion, at, end)
  if (name === 'assign' || name === 'set' || silentTags.has(name)) return rewriting.put(at, end, '')
  const note = expansion.footnotes.markdownOf(name, rest)
  if (note !== undefined) return rewriting.put(at, end, note)
  // A call, as in Zola, ends without its name.
  const closings = /^\s*\(/.test(rest) ? [`end${name}`, 'end'] : [`end${name}`]
  const stated = parametersIn(rest.replace(/^\s*\(|\)\s*$/g, ''), scope.meaning)
  // What is included sees all values of the text.
  const parameters: Parameters = isInclude(name)
    ? { ...stated, named: (...names) => stated.named(...names) ?? scope.named(...names) }
    : stated
  return putTag(expansion, { name, parameters, rest, start: at, end, closings })
}

/** The end of a tag. @returns where to go on */
const putEnd = ({ rewriting, below }: Expansion, start: number, end: number) =>
  rewriting.put(start, end, below.get(start) ?? '')
