/** Keys at the top of a file without any mark, as Pelican and MultiMarkdown have them: plain text, a line each. */
import { keyLine } from './front-matter.ts'
import type { Entry, Source } from './front-matter-tree.ts'

/** An indented line goes on with the value above it. */
export function readLines({ source, firstLine }: Source): readonly Entry[] {
  const entries: { key: string; line: number; text: string }[] = []
  for (const [index, line] of source.trimEnd().split('\n').entries()) {
    const [, key, text = ''] = keyLine.exec(line) ?? []
    const before = entries.at(-1)
    if (key !== undefined) entries.push({ key, line: index + firstLine, text: text.trim() })
    else if (before) before.text = `${before.text} ${line.trim()}`.trim()
  }
  return entries
    .filter(({ text }) => text !== '')
    .map(({ key, line, text }) => ({ key, line, value: { line, text } }))
}
