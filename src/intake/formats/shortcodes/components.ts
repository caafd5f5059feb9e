/** Components and modules of MDX, which stand in Markdown files too. */
import type { Rewriting } from '../source/rewriting.ts'
import { htmlOfTag } from './shortcode-kinds.ts'
import { type Parameters, parametersIn } from './shortcode-parameters.ts'
import type { Inline } from './tag-kind.ts'

const component =
  /<\/?([A-Z][\w.]*)((?:\s+[\w:@-]+(?:=(?:"[^"]*"|'[^']*'|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}))?)*)\s*\/?>/y
const importLine = /^import\s+(?:[\w*{][^'"\n]{0,500}\sfrom\s+)?['"][^'"\n]{1,500}['"];?[ \t]*$/my
const exportLine = /^export\s+(?:const|let|var|default|function|async)\b/my

/** HTML that some write with capitals. */
const htmlNames =
  /^(?:a|abbr|audio|b|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|embed|figure|font|form|h[1-6]|hr|i|iframe|img|input|ins|kbd|li|link|ol|object|p|param|pre|s|small|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|video)$/i

/** `\\<Panel>`. */
const isEscaped = (text: string, at: number) => text[at - 1] === '\\' && text[at - 2] !== '\\'

/** Takes out the tag of a component. @param closed names of elements that end in the text @param tell is told of one that is not known */
export function putComponent(
  text: string,
  at: number,
  { put, putHtml, isAlone }: Rewriting,
  inline: Inline,
  closed: ReadonlySet<string>,
  tell: (name: string) => void,
): number {
  component.lastIndex = at
  const [written, name = '', rest = ''] = component.exec(text) ?? []
  if (written === undefined || htmlNames.test(name)) return at + 1
  const end = at + written.length
  if (isEscaped(text, at)) return end
  // The end of an element has no more than its name.
  if (written.startsWith('</')) return rest === '' ? put(at, end, '') : end
  const known = htmlOfTag(name.toLowerCase(), parametersOf(rest), inline)
  const isBare = rest === '' && !written.endsWith('/>')
  if (known === undefined && isBare && !isAlone(at, end) && !closed.has(name.toLowerCase()))
    return end
  if (known === undefined) tell(`<${name}>`)
  return putHtml(at, end, known ?? '')
}

/** Takes out the lines of MDX at the beginning of a text, which a program reads. @returns where the text begins */
export function putModules(text: string, { put }: Rewriting): number {
  const start = /\s*/y
  const blank = /\n[ \t]*(?=\n)/g
  for (let at = 0; ; ) {
    start.lastIndex = at
    start.test(text)
    const begin = start.lastIndex
    importLine.lastIndex = begin
    exportLine.lastIndex = begin
    blank.lastIndex = begin
    if (importLine.test(text)) at = put(begin, importLine.lastIndex, '')
    else if (exportLine.test(text)) at = put(begin, blank.exec(text)?.index ?? text.length, '')
    else return at
  }
}

/** Of a component; what is computed says nothing. */
const parametersOf = (written: string): Parameters =>
  parametersIn(
    written.replace(/\{\s*(["'`])([^"'`{}]*)\1\s*\}/g, '"$2"').replace(/\{[^{}]*\}/g, '""'),
  )
