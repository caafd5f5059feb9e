/** Addresses in Markdown, and in the HTML within it, that templates have a part in. */

/** So far back an address and the words of its link begin. */
const longest = 300

const before =
  /(?:(\]\()[ \t]*<?|(^ {0,3}\[(?!\^)[^\]]+\]:[ \t]*)<?|\b(href|src|poster|srcset)=["'])([^\s"'()<>]*)$/
/** What may follow the address where a link is defined. */
const afterDefinition = /^>?[ \t]*(?:["'(][^\n]*)?(?:\n|$)/
const tagOrSign = /(?:\{\{(?:(?!\}\})[^\n])*\}\}|\{%(?:(?!%\})[^\n])*%\}|[^\s"'()<>{}])*/y

const title = /[ \t]+["'(]/y

export interface Destination {
  readonly start: number
  readonly end: number
  /** Whether words stand there that stay if it leads nowhere; a picture has a name at least, by which it may be found. */
  readonly isLink: boolean
  /** What stands for none there. */
  readonly nowhere: '' | '<>'
}

/**
 * The address that a tag stands in, if it stands in one: on the same line.
 * @param from nothing before it is looked at
 */
export function destinationAround(text: string, at: number, from: number): Destination | undefined {
  const near = text.slice(Math.max(from, at - longest), at)
  const above = near.slice(near.lastIndexOf('\n') + 1)
  const [all, bracket, definition, attribute, start = ''] = before.exec(above) ?? []
  if (all === undefined) return undefined
  tagOrSign.lastIndex = at
  tagOrSign.exec(text)
  const end = tagOrSign.lastIndex
  if (definition && !afterDefinition.test(text.slice(end, end + longest))) return undefined
  const isLink = bracket
    ? !isPicture(above.slice(0, above.length - all.length))
    : attribute === undefined || attribute === 'href'
  return {
    start: at - start.length,
    end,
    isLink,
    // Without an address, the title behind it would be taken for one.
    nowhere: !all.includes('<') && (definition || (bracket && isTitleAt(text))) ? '<>' : '',
  }
}

/** Whether a title follows what was found last. */
function isTitleAt(text: string): boolean {
  title.lastIndex = tagOrSign.lastIndex
  return title.test(text)
}

/** @param words up to the end of a link's, or of a picture's */
function isPicture(words: string): boolean {
  let depth = 1
  let at = words.length
  while (depth > 0 && at > 0) {
    at -= 1
    if (words[at] === ']') depth += 1
    else if (words[at] === '[') depth -= 1
  }
  return depth === 0 && words[at - 1] === '!'
}
