/** The lead picture of an article that has a folder of its own, where it states none. */
import { readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { attempt } from '../../../attempt.ts'
import { isPicture } from '../../../media-kinds.ts'
import { needText } from '../../needs.ts'

/** As the themes of Hugo look for it, the likeliest first. */
const names = [/^feature/i, /^cover/i, /^thumbnail/i]

/**
 * The name of the picture in the folder of a page bundle that is called as themes want it.
 * @param root the articles folder
 * @param path of the article, relative to it
 */
export function pictureOfBundle(root: string, path: string): string | undefined {
  const { dir, base } = posix.parse(path)
  if (dir === '' || !/^index\.(?:[\w-]{2,10}\.)?\w+$/i.test(base)) return undefined
  // A picture may come: then the folder is another.
  needText(root, dir)
  const files =
    attempt(() => readdirSync(join(root, dir)))
      ?.filter(isPicture)
      .sort() ?? []
  return names
    .map((name) => files.find((file) => name.test(file)))
    .find((file) => file !== undefined)
}
