/** What the name of a file says that keeps it back, as in `2026-04-13-ferry-DRAFT.md`. */
import { draftLabels } from './held-label.ts'

const words = [
  ...draftLabels,
  '(?:on )?hold|embargo(?:ed)?|confidential|do not publish|not for (?:publication|release)|not final',
]
  .join('|')
  .replaceAll(' ', '[ _-]')
const among = new RegExp(`(?:^|[\\s_.([-])(${words})(?=[\\s_.)\\]-])`, 'giu')
const inBrackets = new RegExp(`[([](${words})[)\\]]`, 'iu')

/** In capitals among small letters, which nobody writes for a word of the title, or in brackets. */
export function heldByName(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const [, bracketed] = inBrackets.exec(name) ?? []
  if (bracketed !== undefined) return bracketed
  if (!/\p{Ll}.*\.\w+$/u.test(name)) return undefined
  const found = [...name.matchAll(among)].map(([, written = '']) => written)
  return found.find((one) => one === one.toUpperCase() && one !== one.toLowerCase())
}
