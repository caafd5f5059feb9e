/** What links call the file of an article: the same for all ways to write its path. */

/**
 * A path without its extension, and without `index` in a folder of its own; letters are alike in either case and
 * however they are composed.
 * @param path with an extension
 */
export const fileKey = (path: string): string =>
  path
    .normalize()
    .toLowerCase()
    .replace(/\.[^./]*$/, '')
    .replace(/(?:^|\/)index$/, '')

/** Without the number before its name, by which a folder is ordered: `pages/20-about`. @param key of `fileKey` */
export const unnumbered = (key: string): string =>
  key.replace(/(^|\/)\d{1,3}[-_.](?=[^/\d][^/]*$)/, '$1')

const dateInName = /^\d{4}-\d\d-\d\d(?=[-_ ].)/

const lastPart = (key: string) => key.slice(key.lastIndexOf('/') + 1)

/** The date before the name, or the empty text. @param key of `fileKey` */
const dateBefore = (key: string): string => dateInName.exec(lastPart(key))?.[0] ?? ''

/** The date that the name begins with, or that the folders are: `2026/04/13/crane`. @param key of `fileKey` */
export function dateOf(key: string): string {
  const [, year, month, day] = /(?:^|\/)(\d{4})\/(\d\d)\/(\d\d)\/[^/]*$/.exec(key) ?? []
  return dateBefore(key) || (day ? `${year}-${month}-${day}` : '')
}

/** The name alone, without folders and date. @param key of `fileKey` */
export function nameIn(key: string): string {
  const date = dateBefore(key)
  return date === '' ? lastPart(key) : lastPart(key).slice(date.length + 1)
}
