/** Codes of emoji as GitHub, Hugo and Jekyll know them: `:tada:`. */
import type { Token } from 'markdown-it'
import { wordSet } from '../../../text.ts'

/** One or several, not within words, times, paths or values; where words have no blanks between, as in Chinese, they may stand beside. */
const codes =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{N}_:/\\=@#]|\w["'])(?::[a-z\d_+-]{1,40}:)+(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{N}_:/\\=])/gu
const code = /:([a-z\d_+-]+):/g
const longEnough = /^[+-]1$|[a-z]{3}/

/** Words that stand between colons for themselves, as keys and in the syntax of programs. */
const keyWords = wordSet(
  'abc back date email end fax free hash iphone key label link lock loop man mute new off one six soon ten top two',
)

/** Puts the emoji in place of the codes in words; what nobody knows stays, as do numbers, code and addresses. */
export async function writeEmoji(tokens: readonly Token[]): Promise<void> {
  const words = tokens.flatMap(({ children }) => wordsIn(children ?? []))
  const withCode = words.filter(({ content }) => content.search(codes) !== -1)
  if (withCode.length === 0) return
  const { default: emoji } = await import('markdown-it-emoji/lib/data/full.mjs')
  for (const token of withCode) {
    token.content = token.content.replace(codes, (all) =>
      all.replace(code, (written, name: string) =>
        longEnough.test(name) && !keyWords.has(name) && Object.hasOwn(emoji, name)
          ? (emoji[name] ?? written)
          : written,
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
