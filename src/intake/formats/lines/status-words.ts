/** Words for the state of a text, as front matter, properties of documents and newsrooms' forms have them. */

/** Nothing but a text is in such a state. By language. */
const ofTexts = [
  'auto draft|draft(?:s|ing)?\\b.*|wip|embargo(?:ed)?|(?:on |legal )*hold|held|kill(?:ed)?|spiked?|withheld|unpublished|(?:do not|don[\u0027’]t|not (?:yet )?(?:for|ready|to be|published|approved|cleared|final)) ?.*|(?:ready |waiting )?(?:for|in|under|awaiting|pending|needs|to) (?:(?:legal|final|desk|editorial|client) )*(?:review|edit|editing|edits|approval|clearance|legal|checks?|work|fact check)|needs .*|to be .*',
  'entwurf|gesperrt|brouillon|borrador|bozza|rascunho|concept|taslak|черновик|مسودة',
  'nicht (?:freigegeben|veröffentlicht|final|fertig|zur veröffentlichung)|unveröffentlicht|zur (?:freigabe|abnahme|prüfung)|in (?:bearbeitung|prüfung|arbeit|abstimmung)',
  '(?:non|pas encore) (?:publiée?|validée?|relue?)|(?:à|en cours de) (?:valider|validation|relire|relecture|rédaction|vérifier)|sous embargo',
  '(?:no|sin) (?:publicad[oa]|publicar|aprobad[oa])|en (?:revisión|redacción|edición)|por revisar|bajo embargo',
  'non (?:pubblicat[oa]|approvat[oa])|in (?:revisione|lavorazione|attesa)|da (?:rivedere|approvare)|sotto embargo',
  'não (?:publicad[oa]|aprovad[oa])|em (?:revisão|edição|andamento)|sob embargo',
  'niet (?:gepubliceerd|goedgekeurd)|in (?:bewerking|behandeling|review)|ter (?:goedkeuring|controle)|onder embargo',
  'yayınlanmadı|yayımlanmadı|(?:inceleme|onay|düzenleme)(?:de| bekliyor| bekleniyor)|ambargolu',
  'не (?:опубликован[оа]?|готов[оа]?|утвержден[оа]?)|на (?:проверке|согласовании|редактуре|утверждении)|в работе|под эмбарго',
  'غير منشور|قيد (?:المراجعة|التحرير|الإعداد)|بانتظار الموافقة',
]
/** What these say may be said of others too. */
const ofOthers = [
  'pending\\b.*|awaiting .*|waiting\\b.*|private|internal|confidential|members|paid|tiers|trash(?:ed)?|(?:(?:legal|final|desk|editorial|client|copy) )*(?:review|edit(?:ing)?|check(?:ing)?|approval)|legal|idea|pitch|outline|writing|research(?:ing)?|planned|planning|queued?|backlog|assigned|to ?do|not .*|unready|unfinished|incomplete|(?:work )?in progress|withdrawn|retracted|rejected|refused|declined|deleted|removed|cancell?ed|postponed|paused|blocked',
  'privat|vertraulich|intern|geplant|zurückgezogen|abgelehnt|idee|en attente|privée?|confidentiel(?:le)?|prévue?|retirée?|pendiente|privad[oa]|confidencial|retirad[oa]|privat[oa]|riservat[oa]|ritirat[oa]|pendente|vertrouwelijk|ingetrokken|gizli|beklemede|geri çekildi|приватно|конфиденциально|отозван[оа]?|отложен[оа]?|خاص|سري|معلق',
]
const out = [
  'publish(?:ed)?|public|live|final|ready(?: (?:for|to) (?:publication|publish|go))?|done|complete[d]?|finished|approved|cleared|released?|sent|active|online|open|inherit|future|scheduled|hidden|unlisted|updated|corrected',
  'veröffentlicht|freigegeben|öffentlich|fertig|publiée?|validée?|programmée?|publicad[oa]|aprobad[oa]|programad[oa]|pubblicat[oa]|approvat[oa]|programmat[oa]|aprovad[oa]|agendad[oa]|gepubliceerd|goedgekeurd|gepland|yayında|yayınlandı|yayımlandı|onaylandı|zamanlandı|опубликован[оа]?|утвержден[оа]?|готово|запланирован[оа]?|منشور|معتمد|مجدول',
]

const wholly = (words: readonly string[]) => new RegExp(`^(?:${words.join('|')})$`, 'iu')
const keptBack = wholly([...ofTexts, ...ofOthers])
const keptBackAsText = wholly(ofTexts)
const published = wholly(out)

/** Without the signs around it: "🔴 Draft", "[[Draft]]", "1. Draft", "W.I.P." and "legal-hold" are words. */
const wordsOf = (state: string) =>
  state
    .replace(/^[^\p{L}]+|[^\p{L}\p{N}\p{M}]+$/gu, '')
    .replace(/(?<=(?<!\p{L})\p{L})\./gu, '')
    .replace(/[-_\s]+/g, ' ')

/** "Draft – needs quotes" says the one and adds the other. */
const firstOf = (state: string) => wordsOf(state.split(/\s*[:;,|/(–—]\s*|\s-+\s/u, 1)[0] ?? '')

const isIn = (known: RegExp, state: string) =>
  known.test(wordsOf(state)) || known.test(firstOf(state))

/** Whether a text in that state is out; undefined of a word that is not known. */
export function isOutIn(state: string): boolean | undefined {
  if (isIn(keptBack, state)) return false
  return isIn(published, state) ? true : undefined
}

/** Whether a state can be that of a text alone, and keeps it back. */
export const isOfHeldText = (state: string) => isIn(keptBackAsText, state)
