import type { Changes } from '../catalogue/catalogue.ts'
import { channelPath } from '../channels/channel.ts'
import { allSearches } from '../channels/selection.ts'
import { everyPage } from '../channels/surrogate-keys.ts'
import { newsName, partName } from './files.ts'
import { partOf } from './sitemaps.ts'

/** Of an article, as something that pages are made from. */
export const articleName = (number: number) => `article ${number}`

/**
 * What a refresh has changed of what pages and feeds are made from, as they name it.
 * @param isNavOther whether other sections are named on top of every page
 */
export function outdatedNames(
  { channels, articles, isNewsOther }: Changes,
  isNavOther: boolean,
): Set<string> {
  const names = new Set([...channels, allSearches].map(channelPath))
  for (const number of articles) names.add(articleName(number)).add(partName(partOf(number)))
  if (isNavOther) names.add(everyPage)
  if (isNewsOther) names.add(newsName)
  return names
}
