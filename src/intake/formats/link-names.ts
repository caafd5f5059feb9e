/** Links by names of files, as `ref`, `post_url` and wiki links have them. */

/**
 * The address of a link to an article by the name of its file: without extension, folder or date, or with them.
 * @param fragment what an author writes behind `#`; '' for none
 */
export function nameLink(name: string, fragment: string): string {
  const anchor = fragment && `#${encodeURIComponent(fragment)}`
  return `/articles/?file=;name=${encodeURIComponent(name)}${anchor}`
}

/** The same where the fragment stands in the name: `other.md#more`. */
export function namedTarget(target: string): string {
  const [name = '', fragment = ''] = target.split('#', 2)
  // What has no name leads to a place in the same text.
  return name === '' ? `#${fragment}` : nameLink(name, fragment)
}
