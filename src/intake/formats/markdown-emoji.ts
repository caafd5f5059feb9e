/** Codes of emoji as GitHub, Hugo and Jekyll know them: `:tada:`. */
import type { Token } from 'markdown-it'

/** One or several; within letters and digits of ASCII it may be a time or a path. */
const codes = /(?<![\w:])(?::[a-z\d_+-]{1,40}:)+(?![\w:])/g
const code = /:([a-z\d_+-]+):/g

/** Puts the emoji in place of the codes in words; what nobody knows stays, as do numbers, code and addresses. */
export async function writeEmoji(tokens: readonly Token[]): Promise<void> {
  const words = tokens.flatMap(({ children }) => wordsIn(children ?? []))
  const withCode = words.filter(({ content }) => content.search(codes) !== -1)
  if (withCode.length === 0) return
  const { default: emoji } = await import('markdown-it-emoji/lib/data/full.mjs')
  for (const token of withCode) {
    token.content = token.content.replace(codes, (all) =>
      all.replace(code, (written, name: string) =>
        /\D/.test(name) && Object.hasOwn(emoji, name) ? (emoji[name] ?? written) : written,
      ),
    )
  }
}

function wordsIn(tokens: readonly Token[]): Token[] {
  let isAddress = false
  return tokens.filter(({ type, markup }) => {
    if (type === 'link_open') isAddress = markup === 'linkify' || markup === 'autolink'
    if (type === 'link_close') isAddress = false
    return type === 'text' && !isAddress
  })
}
