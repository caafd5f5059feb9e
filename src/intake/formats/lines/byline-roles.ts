/** What a line says of who did what for a story: who wrote it, and who took the pictures, edited it or has it printed. */

/** What stands before a name with a colon. */
const writer =
  'authors?|by-?line|reporter|reporting|words|autor(?:in|en|es|a)?|auteurs?|autrice|autore|text[eo]?|tekst|testo|текст|автор(?: (?:статьи|текста))?|yazar|yazan|haber|muhabir|penulis|oleh|بقلم|الكاتب|نویسنده|लेखक|作者|記者|记者|撰文|文|기자|글'

/** What others did. */
const other =
  "photo(?:s|graphs?|graphy|grapher|graphies)?|pictures?|images?|illustrations?|graphics?|videos?|editing|edited|fotos?|foto[’']s|fotografías?|fotografi(?:e|a)|foto(?:ğ|g)raf(?:lar)?|bild(?:er)?|illustrationen|zdjęcia|фото|写真|图|圖|사진"

const and = '(?:and|&|\\+|/|und|et|y|e|en|och|og|ve|i|и)'

/** What somebody did who is named behind "by". */
export const done = `(?:(?:analysis|aufgezeichnet|interview|opinion|posted|propos recueillis|published|report(?:ed|ing)|story|submitted|text|words|written)(?:\\s?${and}\\s?(?:${other}))? )?`

/** A word for who wrote before a colon, or "By". */
export const label = new RegExp(
  `^(?:${done}by(?::|\\s)|(?:${writer})(?:\\s?${and}\\s?(?:${other}))?\\s?[:：])\\s*`,
  'iu',
)

/** From what others did to the end of the line; "Words and pictures" is one thing. */
const ofOthers = new RegExp(
  `(?:^|(?<!\\s${and}|^(?:${writer}))[\\s.,;|/–—-]{1,4})(?:additional )?(?:${other})(?:\\s?[:：]|\\s+(?:by|von|par|por|di|de|door|av|af)\\s).*$`,
  'isu',
)
/** Up to the word for who wrote. */
const othersFirst = new RegExp(
  `^(?:${other})\\s?[:：].{1,100}?[\\s,;|/–—-](?=(?:${writer})\\s?[:：])`,
  'isu',
)

const toldTo = /(^|,?\s+)as told to\s+/i

/** `Ada Berg in Kiel and Jo Lind in Izmir` */
const placeBetween =
  /\s+in\s+\p{Lu}[\p{L} .-]{1,40}?(?=\s+and\s+\p{Lu}\S*(?:\s\p{Lu}\S*){1,3}\s+in\s)/gu

/** Without those who did something else, and with those who wrote parted from each other and from nothing else. */
export const onlyWriters = (line: string): string =>
  line
    .replace(othersFirst, '')
    .replace(ofOthers, '')
    .replace(toldTo, (_, before: string) => (before === '' ? 'By ' : ', '))
    .replace(placeBetween, '')

/** For whom somebody wrote. */
export const forWhom =
  /,?\s+(?:for|für|pour|para|per|voor|för)\s+(?:the\s+|la\s+|le\s+|el\s+)?(?=\p{Lu})/u

/** What such a name ends in is no person, and goes on: `Quay Center for Boats`. */
export const isBody =
  /(?:^|\s)(?:agency|alliance|association|campaign|cent(?:er|re)|coalition|committee|council|department|foundation|fund|group|initiative|institute?|ministry|movement|network|office|organi[sz]ation|party|project|school|society|union)$/i
