/** What values become, where they stand: `{{ page.title }}`. */
import { destinationAround } from '../source/link-destinations.ts'
import { parametersIn } from './shortcode-parameters.ts'
import { type Expansion, endOf } from './tag-expansion.ts'
import { putTag } from './tag-place.ts'
import { shownValue, unknown } from './template-values.ts'

/** `{{ value }}`, and calls as Zola has them: `{{ youtube(id="…") }}`. @returns where to go on */
export function putValue(expansion: Expansion, at: number): number {
  const { text, rewriting, scope, title } = expansion
  const end = endOf(expansion, at, '}}')
  if (end === -1) return at + 2
  const inside = text
    .slice(at + 2, end - 2)
    .replace(/^-|-$/g, '')
    .trim()
  const [, word = '', rest = ''] = /^([a-z]\w*)\(([\s\S]*)\)$/i.exec(inside) ?? []
  if (word !== '' && (/^\s*\w+\s*=/.test(rest) || word.toLowerCase() === 'toc')) {
    const parameters = parametersIn(rest)
    return putTag(expansion, {
      name: word.toLowerCase(),
      parameters,
      rest,
      start: at,
      end,
      closings: [],
    })
  }
  const isValue = expansion.hasLiquidValues && nameOfValue.test(inside)
  const shown = shownValue(inside, title, scope) ?? (isValue ? unknown : undefined)
  const address = destinationAround(text, at, rewriting.done())
  if (!shown && !address?.isLink) return at + 2
  if (address?.isLink && isUnknown(text.slice(address.start, address.end), expansion)) {
    expansion.tell(`{{ ${inside.slice(0, 40)} }}`, at)
    return rewriting.put(address.start, address.end, address.nowhere)
  }
  if (shown && !shown.isUnknown) {
    if (address) return rewriting.put(at, end, shown.text.replace(/\s/g, '%20'))
    return shown.text.startsWith('<')
      ? rewriting.putHtml(at, end, shown.text)
      : rewriting.put(at, end, shown.text)
  }
  expansion.tell(`{{ ${inside.slice(0, 40)} }}`, at)
  const [open] =
    /<(?:https?:\/\/[^\s<>]*)?$/.exec(text.slice(Math.max(rewriting.done(), at - 300), at)) ?? []
  const close = open ? /^[^\s<>]{0,300}>/.exec(text.slice(end, end + 301))?.[0] : undefined
  // An address in angle brackets has no words but itself.
  if (open && close) return rewriting.drop(at - open.length, end + close.length)
  // At the end of a line nobody is named by it any more.
  const isLast = /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 100))
  const [by = ''] =
    (isLast && hangingBy.exec(text.slice(Math.max(rewriting.done(), at - 10), at))) || []
  return rewriting.drop(at - by.length, end)
}

/** `ship`, `ship.name`, `ships[0].name | upcase`. */
const nameOfValue = /^[a-z_][\w-]*(?:\.[\w-]+|\[[^\]]*\])*(?:\s*\|.*)?$/i

const hangingBy = /[ \t]+by[ \t]+$/i

/** Whether an address has a value in it that only the site knows. */
const isUnknown = (address: string, { title, scope }: Expansion) =>
  Array.from(address.matchAll(/\{\{-?((?:(?!\}\}).)*?)-?\}\}/g), ([, inside = '']) =>
    shownValue(inside.trim(), title, scope),
  ).some((shown) => shown === undefined || shown.isUnknown)
