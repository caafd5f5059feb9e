/** What boxes and lines of a page say that ask its reader for something, whatever they are named. */
import { asksToJoin, notices, ofOurs } from './story-endings.ts'
import { isTold } from './story-told.ts'
import { beforeLink, offers } from './story-words.ts'

/** What they are about, of which a story may tell as well. */
const subjects =
  /\b(?:newsletters?|(?:in|mail)box|e-?mails?|sign(?:ed)? up|log(?:ged)? in|subscri\w+|members?(?:hip)?|accounts?|cookies|apps?|journalism)\b/i

/** Who is spoken to, and who speaks. */
const toReader = /(?<!\p{L})(?:you|your|we|our|us|i|my)(?!\p{L})/iu

const ofFrame =
  /^(?:advertisements?|sponsored|anzeige|werbung|publicité|publicidad|rate this|share this|(?:this|our) (?:web)?site uses|(?:story|article) continues)(?!\p{L})(?! by )/iu

/** Whether a text asks for something in the name of its site, or leads to something else. */
export function asksReader(text: string): boolean {
  if (isTold(text)) return false
  return (
    ofFrame.test(text) ||
    offers.test(text) ||
    beforeLink.test(text) ||
    notices.test(text) ||
    (asksToJoin.test(text) && ofOurs.test(text)) ||
    (subjects.test(text) && toReader.test(text))
  )
}
