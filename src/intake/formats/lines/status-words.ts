/** Words for the state of a text, as front matter and newsrooms' forms have them. */

/** Nothing but a text is in such a state. */
const ofTexts =
  "auto-draft|draft\\b.*|wip|embargo(?:ed)?|on[- ]hold|hold|held|kill(?:ed)?|spiked?|withheld|unpublished|(?:do not|don['’]t|not (?:yet )?(?:for|ready|to be|published|approved|cleared)) ?.*|(?:for|in|under|awaiting|pending|needs|to) (?:legal |final |desk )?(?:review|edit|editing|approval|clearance|legal|check|work)|needs .*|to[- ]be .*|entwurf|gesperrt|brouillon|borrador|bozza|rascunho|concept|taslak|черновик|مسودة"
/** What these say may be said of others too. */
const ofOthers =
  'pending\\b.*|awaiting .*|waiting\\b.*|private|internal|confidential|members|paid|tiers|trash(?:ed)?|review|edit(?:ing)?|legal|idea|pitch|outline|to[- ]?do|not .*|unready|unfinished|incomplete|(?:work )?in[- ]progress|withdrawn|retracted|rejected|refused|declined|deleted|removed|cancell?ed|postponed|paused|blocked|zurückgezogen|in bearbeitung|en attente|pendiente'
const out =
  'publish(?:ed)?|public|live|final|ready(?: (?:for|to) (?:publication|publish|go))?|done|complete[d]?|finished|approved|cleared|released?|sent|active|online|open|inherit|future|scheduled|hidden|unlisted|updated|corrected|veröffentlicht|publiée?|publicad[oa]|pubblicat[oa]|gepubliceerd|yayında|yayınlandı|опубликован[оа]?|منشور'

const wholly = (words: string) => new RegExp(`^(?:${words})$`, 'iu')
const keptBack = wholly(`${ofTexts}|${ofOthers}`)
const keptBackAsText = wholly(ofTexts)
const published = wholly(out)

/** Whether a text in that state is out; undefined of a word that is not known. */
export function isOutIn(state: string): boolean | undefined {
  const words = state.trim()
  if (keptBack.test(words)) return false
  return published.test(words) ? true : undefined
}

/** Whether a state can be that of a text alone, and keeps it back. */
export const isOfHeldText = (state: string) => keptBackAsText.test(state.trim())
