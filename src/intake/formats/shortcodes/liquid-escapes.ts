/** Signs and tags by which authors keep Liquid from reading code: to Jekyll code is text like any other. */
import type { Rewriting } from '../source/rewriting.ts'

/** `{{ "{{" }}` and `{{ '{%' }}`; also the tags around what Liquid is not to read, with the line that they stand alone on. */
const keptSigns =
  /\{\{-?[ \t]{0,9}(?:"([^"'\n]{0,40})"|'([^"'\n]{0,40})')[ \t]{0,9}-?\}\}|(?<=\n)[ \t]{0,40}\{%-?[ \t]{0,9}(?:end)?raw[ \t]{0,9}-?%\}[ \t]{0,9}\n|\{%-?[ \t]{0,9}(?:end)?raw[ \t]{0,9}-?%\}/g

/** Puts what Jekyll makes of them into code. */
export function putKeptSigns(text: string, from: number, to: number, { put }: Rewriting): void {
  const found = text.slice(from, to).matchAll(keptSigns)
  for (const { 0: written, 1: double, 2: signs = double ?? '', index } of found) {
    const isTag = written.trimStart().startsWith('{%')
    if (isTag || /[{}%]/.test(signs)) put(from + index, from + index + written.length, signs)
  }
}
