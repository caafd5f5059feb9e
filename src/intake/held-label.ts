/** Labels that newsrooms keep a text back with, alone in a line: "CONFIDENTIAL", "For approval", "HOLD". */

/** By language, of words alone. */
export const heldLabels: readonly string[] = [
  '(?:on |legal )?hold|hold for (?:legal|review|approval|edit|editing|checks?|clearance)',
  '(?:do not|don t) (?:distribute|circulate)|not for circulation',
  '(?:private and |strictly |strictly private and )?confidential|(?:strictly |company )?internal(?: use)? only|(?:strictly )?for internal (?:use|review|circulation|distribution)(?: only)?',
  '(?:draft )?for (?:your |final |legal |client )*(?:approval|review|sign off|clearance)(?: only)?|(?:awaiting|pending|needs|subject to) (?:final |legal |client |editorial )*(?:approval|review|sign off|clearance)|not (?:yet )?(?:approved|cleared|signed off)(?: for (?:release|publication|distribution))?',
  'work in progress',
  '(?:streng )?vertraulich|(?:nur )?(?:zum|für den|zur) internen (?:gebrauch|verwendung)|nur intern|(?:noch )?nicht freigegeben|zur (?:freigabe|abnahme)|in bearbeitung',
  '(?:strictement )?confidentiel(?:le)?|(?:à |document à )?usage interne(?: uniquement)?|à valider|à relire|pour (?:validation|approbation)|en attente de (?:validation|relecture)',
  '(?:estrictamente |estritamente )?confidencial|(?:solo |sólo |apenas )?(?:para )?uso interno|pendiente de (?:aprobación|revisión)|para (?:aprobación|aprovação)',
  '(?:strettamente )?(?:riservato|confidenziale)|(?:solo )?(?:per |ad )?uso interno|(?:in attesa di|per) approvazione',
  '(?:strikt )?vertrouwelijk|(?:alleen )?(?:voor )?intern gebruik|ter goedkeuring',
  '(?:çok )?gizli(?:dir)?|(?:yalnızca |sadece )?(?:kurum içi|iç kullanım için)|onay (?:için|bekliyor|bekleniyor)',
  '(?:строго )?конфиденциально|для (?:внутреннего|служебного) (?:пользования|использования)|на (?:согласовании|утверждении)',
  'سري(?: للغاية)?|للاستخدام الداخلي(?: فقط)?|قيد المراجعة|للموافقة',
]

/** Of texts that are not done. */
export const draftLabels: readonly string[] = [
  '(?:first |second |third |rough |working |final )?draft(?: v| only| copy| version| text)?',
  'wip|entwurf|brouillon|borrador|bozza|rascunho|taslak|черновик|مسودة',
]

const fewestLetters = 4
const words = new Set([...heldLabels, ...draftLabels].join(' ').match(/\p{L}+/gu))
const inCapitals = [...words]
  .filter((word) => word.length >= fewestLetters)
  .flatMap((word) => [word.toUpperCase(), word.toLocaleUpperCase('tr')])

/** Words of them in capitals. */
export const inHeldLabels = `(?<!\\p{L})(?:${[...new Set(inCapitals)].join('|')})(?!\\p{L})`
