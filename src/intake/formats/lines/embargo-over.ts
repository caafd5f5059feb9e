/** Lines that say that a text is under no embargo, or no longer: "EMBARGO LIFTED", "For immediate use". */
import type { Place } from './embargo-line.ts'

const orders = [
  '(?:the )?embargo(?:ed)?(?: (?:is|has been|was))?(?: now)?:? (?:lifted|over|expired|none|n/?a|nil|immediate)(?: [–-] free for use)?',
  '(?:no|not|keine?|geen|aucun|sem|sin) embargo(?:ed)?',
  '(?:keine )?sperrfrist(?: ist)? ?(?:: ?keine|aufgehoben|abgelaufen)|keine sperrfrist',
  '(?:for|pour|para|per) (?:immediate|diffusion|publicación|difusión|divulgação|pubblicazione) (?:use|release|publication|immédiate|inmediata|imediata|immediata)',
  'embargo (?:levé|levantado|revocato|opgeheven|suspenso|aufgehoben)|ambargo kaldırıldı',
  '(?:frei zur|zur sofortigen) veröffentlichung',
]
const over = new RegExp(`^[\\s*_([]*(?:${orders.join('|')})[\\s*_)\\].!]*$`, 'iu')

/** In small letters a page may have it above a story about goods. */
export function isOver(line: string, place: Place): boolean {
  if (line.length > 60 || !over.test(line)) return false
  const isCapital = line === line.toUpperCase()
  return place === 'page' ? isCapital || /:|immediate/i.test(line) : place !== 'title' || isCapital
}

/** Before a headline that is not in capitals itself. */
export function withoutOver(headline: string): string {
  const [written = '', said = ''] = /^([\p{Lu} ]{6,40})(?::\s+|\s+[–—|-]+\s+)/u.exec(headline) ?? []
  const words = headline.slice(written.length)
  return said !== '' && over.test(said) && words !== words.toUpperCase() ? words : headline
}
