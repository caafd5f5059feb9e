/** Comments of HTML as browsers read them. */

const commentEnd = /--!?>/g

/**
 * HTML whose comments end in `-->`. Browsers end one at `--!>` too (html.spec.whatwg.org,
 * "incorrectly-closed-comment"); our parser would take all that follows for a part of it.
 */
export function withEndedComments(html: string): string {
  if (!html.includes('--!>')) return html
  let ended = ''
  let at = 0
  for (let start = html.indexOf('<!--'); start !== -1; start = html.indexOf('<!--', at)) {
    const inside = start + '<!--'.length
    commentEnd.lastIndex = inside
    // These are whole: <!--> and <!--->.
    const end = /^-?>/.test(html.slice(inside, inside + 2)) ? undefined : commentEnd.exec(html)
    if (end === null) break
    ended += html.slice(at, end?.index ?? inside) + (end ? '-->' : '')
    at = end ? commentEnd.lastIndex : inside
  }
  return ended + html.slice(at)
}
