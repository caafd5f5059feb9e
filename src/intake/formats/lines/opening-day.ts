/** The day that the first words of a text give, with the place where it was written or without. */
import { asLine, dateWithin, daysWithin, type OrderOf } from './date-in-text.ts'

/** `Kiel, 1 May 2024 – The ferry …`, `KIEL (1 May 2024) — The ferry …` */
export function openingDay(text: string, order: OrderOf): string | undefined {
  const line = asLine(text)
  const [day] = daysWithin(line)
  if (!day || !beforeOpening.test(line.slice(0, day.index))) return undefined
  const behind = line.slice(day.index + day.written.length)
  return /^\.?\)?\.?(?:\s*[:–—|]|\s+-|\.?\s+["„“«»])|^\)\.?\s|^\.\s+\p{Lu}/u.test(behind)
    ? dateWithin(day.written, order)
    : undefined
}

/** Nothing, or where it was written. */
const beforeOpening =
  /^(?:(?!(?:on|in|at|since|until|from|am|im|vom|bis|seit|den|le|en|el|il|il|em|no)\s)\p{Lu}[\p{L}\p{M}.'’-]*(?:[ /]\p{Lu}[\p{L}\p{M}.'’-]*){0,3}\s?[,.]?\s?(?:[–—-]\s)?(?:\p{L}{1,3}\s)?)?\(?$/iu

/** Before there were web pages no story was published on any: that year is what a text tells of. */
export const isBeforePages = (date: string) => /^\d{4}-/.test(date) && date < '1991'
