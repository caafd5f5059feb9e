/** How a configuration of nginx is written. */

/** A string of nginx's in which no variable is meant. Where one could be, nothing stands for a dollar sign: such a text is none for it. */
export const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`

export const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`)

export const block = (head: string, lines: readonly string[]) => [
  `${head} {`,
  ...indented(lines),
  '}',
]

export const headerLines = (headers: Readonly<Record<string, string>>, also = '') =>
  Object.entries(headers).map(([name, value]) => {
    const text = value.startsWith('$') ? value : quoted(value)
    return `add_header ${name} ${text}${also};`
  })
