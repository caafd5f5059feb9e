/** A day that a text itself has as its date, and that is to come. */
import type { Note } from '../../note.ts'
import { toInstant } from '../../stated-date.ts'

/** An article waits for it, though the line may be about something else. @param day in RawArticle's shapes */
export const notesOfDay = (day: string | undefined): readonly Note[] =>
  day === undefined || Date.parse(toInstant(day, 'UTC')) <= Date.now()
    ? []
    : [
        {
          text: `it is not out before "${day}", the day that its text states; if that is the day of something else, write it into a sentence`,
        },
      ]
