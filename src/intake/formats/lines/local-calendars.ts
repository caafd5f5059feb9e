/** Days that pages have by the calendar of their country: of Iran, and in years of an era of Japan. */

/** Of the solar calendar of Iran; Arabic keyboards have other signs for some letters. */
const persianMonths = [
  'فروردین',
  'اردیبهشت',
  'خرداد',
  'تیر',
  'مرداد',
  'شهریور',
  'مهر',
  'ابان',
  'اذر',
  'دی',
  'بهمن',
  'اسفند',
]
const year = '(1[34]\\d{2})(?!\\d)'
const inWords = new RegExp(
  `(?<!\\d)(\\d{1,2}) (?:ماه )?([\\u0600-\\u06ff]{2,8})(?: ?ماه)?،? ${year}`,
  'gu',
)
const inNumbers = /(?<![\d/-])(1[34]\d{2})([/-])(\d{1,2})\2(\d{1,2})(?![\d/-])/g

/** The year before the first of each. */
const eras: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 昭和: 1925 }
const inEra = /(令和|平成|昭和) ?(元|\d{1,2}) ?年/g

/** @param text with digits of Europe @returns with such days as in 2026-04-13, and years as in 2026年 */
export function inGregorian(text: string): string {
  let line = text
  if (/1[34]\d{2}/.test(line)) {
    line = line
      .replaceAll(inNumbers, (written, one, _, month, day) =>
        persianDay(written, one, Number(month), day),
      )
      .replaceAll(inWords, (written, day, name, one) =>
        persianDay(written, one, 1 + persianMonths.indexOf(folded(name)), day),
      )
  }
  return line.includes('年')
    ? line.replaceAll(
        inEra,
        (_, era, one) => `${(eras[era] ?? 0) + (one === '元' ? 1 : Number(one))}年`,
      )
    : line
}

const folded = (name: string) =>
  name.replaceAll('ي', 'ی').replaceAll('ك', 'ک').replace(/[آأ]/g, 'ا')

/** Node 24 has no other calendars in `Temporal`; all have them in `Intl`. Made when first needed. */
let persian: Intl.DateTimeFormat | undefined

const dayInMs = 86_400_000

/** Their year begins on one of four days of March, half of its months have 31 days. */
function persianDay(written: string, inYear: string, month: number, day: string): string {
  persian ??= new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    ...{ timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric' },
  })
  const before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30
  const wanted = [Number(inYear), month, Number(day)].join()
  for (let first = 19; first <= 22; first += 1) {
    const time = Date.UTC(Number(inYear) + 621, 2, first) + (before + Number(day) - 1) * dayInMs
    const parts = Map.groupBy(persian.formatToParts(time), ({ type }) => type)
    const found = (['year', 'month', 'day'] as const).map((type) => parts.get(type)?.[0]?.value)
    if (found.join() === wanted) return new Date(time).toISOString().slice(0, 10)
  }
  return written
}
