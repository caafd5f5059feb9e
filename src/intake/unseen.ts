import type { Attributes } from '../html.ts'

/** What counts readers is not so wide. Pixels. */
const leastWide = 100

/** Services that count readers, most of whose pictures state no size. */
const counters =
  /^(?:https?:)?\/\/(?:[\w-]+\.)*(?:scorecardresearch\.com|quantserve\.com|google-analytics\.com|doubleclick\.net|chartbeat\.net|pixel\.wp\.com|stats\.wordpress\.com|met\.vgwort\.de|facebook\.com\/tr)(?:[/?]|$)/i

/** An image or a frame that nobody is meant to see: it counts who reads the article. */
export function isUnseen(attribs: Attributes): boolean {
  if (attribs.hidden !== undefined || counters.test(attribs.src ?? '')) return true
  const width = Number.parseFloat(attribs.width ?? '')
  if (width <= 1) return true
  // Some write 0 for the height that comes of a width.
  const isWide = width >= leastWide && attribs.height === '0'
  if (!isWide && Number.parseFloat(attribs.height ?? '') <= 1) return true
  return (attribs.style ?? '').toLowerCase().split(';').some(hides)
}

/** Whether one declaration of a style makes what has it invisible. */
function hides(declaration: string): boolean {
  const [name = '', value = ''] = declaration.replace('!important', '').split(':')
  const property = name.trim()
  const setting = value.trim()
  if (property === 'display') return setting === 'none'
  if (property === 'visibility') return setting === 'hidden'
  // As what only a script is to show is written: a rectangle without room.
  if (property === 'clip') return /^rect\((?:[01](?:px)?[,\s]*)+\)$/.test(setting)
  if (property === 'opacity') return Number(setting || 1) === 0
  const isSize = ['width', 'height', 'max-width', 'max-height'].includes(property)
  return isSize && ['0', '0px', '1px'].includes(setting)
}
