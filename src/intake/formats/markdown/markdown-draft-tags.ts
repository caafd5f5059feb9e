/** Tags and categories that say of a text that it is not done, as people have them in Obsidian: `draft`, `status/in-review`. */
import { isOutIn } from '../lines/status-words.ts'

/** Each may be what an article is about as well. */
const states =
  /^(?:drafts?|wip|work in progress|in review|on hold|unfinished|unpublished|do not publish|not for publication|entwurf|brouillon|borrador|bozza|rascunho|taslak|черновик|مسودة)$/u
const nested = /^(?:status|state|stage|workflow)\/(.+)$/u

/**
 * The tag that keeps an article back. Beside others one does not where the title or the text speaks of it, as of beer or
 * of players; alone it does unless the title does.
 */
export function draftTagIn(
  tags: readonly string[],
  { title, text }: { title: string; text: string },
): string | undefined {
  const isAlone = new Set(tags).size === 1
  return tags.find((tag) => {
    const words = tag.toLowerCase().replaceAll(/[-_]/g, ' ')
    const [, state] = nested.exec(words) ?? []
    if (state !== undefined) return isOutIn(state) === false
    return states.test(words) && !speaks(isAlone ? title : `${title}\n${text}`, words)
  })
}

/** In the text `#draft` is a tag too. */
function speaks(of: string, words: string): boolean {
  const stem = words.replace(/^drafts$/, 'draft').replaceAll(' ', '[ -]')
  return new RegExp(`(?<![\\p{L}\\p{N}#/])${stem}`, 'iu').test(of)
}
