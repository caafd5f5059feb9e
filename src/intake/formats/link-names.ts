/** Links that name a file, with the place in it. */
import { nameLink } from '../links.ts'

/** The address of a link by the name of an article's file where the fragment stands in the name: `other.md#more`. */
export function namedTarget(target: string): string {
  const [name = '', fragment = ''] = target.split('#', 2)
  // What has no name leads to a place in the same text.
  return name === '' ? `#${fragment}` : nameLink(name, fragment)
}
