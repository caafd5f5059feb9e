/** Tags that show a page of others, of which a link is left. */
import { placedAnywhere } from '../../media-places.ts'
import type { Parameters } from './shortcode-parameters.ts'
import type { Inline, Kind } from './tag-kind.ts'
import { isAddress, link } from './tag-links.ts'

/** A page of others. @param isId as in `player` */
export const page =
  (isId: RegExp, address: (id: string, user: string | undefined) => string): Kind =>
  ({ named, inOrder }) => {
    const id = named('id', 'url', 'repo') ?? inOrder.at(inOrder.length > 1 ? 1 : 0)
    const user = named('user', 'username') ?? (inOrder.length > 1 ? inOrder[0] : undefined)
    if (!id) return undefined
    if (isAddress(id)) return link(id)
    return isId.test(id) && !/[^\w.-]/.test(user ?? '') ? link(address(id, user)) : undefined
  }

const gistId = /^(?:[\w-]+\/)?(?:\d+|[\da-f]{20,40})$/i

/** A file of it may be named behind its id. */
export function gist({ named, inOrder }: Parameters, inline: Inline): string | undefined {
  const at = inOrder.findIndex((one) => gistId.test(one))
  return page(gistId, (id, user) => `https://gist.github.com/${user ? `${user}/` : ''}${id}`)(
    { named, inOrder: at === -1 ? inOrder : inOrder.slice(0, at + 1) },
    inline,
  )
}

/** Of asciinema.org an id is a number, or letters and digits without a meaning. */
const sessionId = /^(?:\d+|(?=[a-z]*[A-Z\d])[A-Za-z\d]{16,})$/

/** What somebody did in a terminal: on a host of such, or in a file of the site's own. */
export const session: Kind = ({ named, inOrder }) => {
  const stated = named('id', 'key', 'src', 'file', 'cast', 'path', 'url') ?? inOrder[0]
  if (!stated) return undefined
  if (sessionId.test(stated)) return link(`https://asciinema.org/a/${stated}`)
  if (isAddress(stated)) return link(stated)
  const file = /\.cast$/i.test(stated) ? stated : `${stated}.cast`
  if (/\s|[<>"]/.test(file)) return undefined
  const address = /^[./]/.test(file) ? file : placedAnywhere(file)
  return link(address, named('title', 'caption', 'alt') ?? file.split('/').at(-1))
}
