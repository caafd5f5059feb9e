/** Characters of a web page that are broken: around the story nobody misses them. */
import { brokenCharacter, brokenUtf8 } from '../../decode.ts'
import type { RawArticle } from '../../raw-article.ts'
import { placesNear } from './page-embargo.ts'
import type { Places } from './page-places.ts'

/** @throws RejectionError when one is in the article, or in a line beside its heading, which may hold it back */
export function refuseBroken(text: string, article: RawArticle, places: () => Places): void {
  if (!text.includes(brokenCharacter)) return
  const near = placesNear(places()).filter(({ isOut }) => !isOut)
  const read = JSON.stringify([article, near.map(({ line }) => line)])
  if (read.includes(brokenCharacter)) throw brokenUtf8(text, brokenCharacter)
}
