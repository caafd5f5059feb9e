/** What somebody says in a story, which may begin in the words of a page's frame. */

const verbs =
  'said|says|told|tells|asked|asks|answered|replied|wrote|writes|explained|insisted|joked|sagte|sagt|fragte|erklärte|schrieb|meinte|(?:a |ont )?dit|demande|demandé|écrit|répond|répondu|dijo|dice|preguntó|escribió|explicó|disse|diz|perguntou|escreveu|ha detto|spiega|zei|zegt|vroeg|schreef|dedi|diyor|sordu|yazdı|сказал\\p{L}*|спросил\\p{L}*|написал\\p{L}*'

/** `…, the baker said`, `…,” he told the meeting`: behind a comma, a question or a quotation. */
const attribution = new RegExp(
  `[,?!…"”»’'“]\\s(?:\\p{L}[\\p{L}\\p{M}.'’-]*\\s){0,4}(?:${verbs})(?!\\p{L})`,
  'iu',
)

/** Whether a line says who says it. */
export const isTold = (text: string) => attribution.test(text)
