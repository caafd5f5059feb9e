/**
 * What is out at a moment, ms since 1970: published, not expired and not removed. As code and as SQL, which say the same.
 * Whoever reads the catalogue asks about the time of its last commit (last-commit.ts); a refresh about its own time, `:now`,
 * and that of the last one.
 */
import { unlisted } from './channel-kinds.ts'

interface Times {
  /** Null once removed. */
  readonly path: string | null
  readonly published: number
  readonly expires: number | null
}

export const isOut = ({ path, published, expires }: Times, now: number): boolean =>
  path !== null && published <= now && (expires === null || expires > now)

/** For so long an article is news: Google wants those of two days in a news sitemap. */
export const newsMs = 48 * 60 * 60 * 1000

/** Of rows of the table article, which is called `a` where it is read. @param moment as SQL, as of the others */
export const articleIsOut = (moment: string): string =>
  `a.path IS NOT NULL AND a.published <= ${moment} AND (a.expires IS NULL OR a.expires > ${moment})`

/**
 * Of rows of the table member, which hold no article that was removed, by an index of those that expire: to
 * look at every article of a channel takes long.
 */
export const memberIsOut = (moment: string): string =>
  `published <= ${moment} AND article NOT IN (SELECT number FROM article WHERE expires <= ${moment})`

/**
 * How many articles are, and may be listed: what is published less what has expired. To look at each takes four
 * times as long.
 */
export const countOfOut = (
  moment: string,
): string => `(SELECT count(*) FROM member m JOIN channel c ON c.number = m.channel
    WHERE c.kind = 'site' AND m.published <= ${moment})
  - (SELECT count(*) FROM article
    WHERE expires <= ${moment} AND published <= ${moment} AND path IS NOT NULL
    AND number NOT IN (SELECT article FROM member WHERE channel = ${unlisted}))`

/** Likewise of the articles in a channel, whose row is called `c`: those that are not out are the fewest. */
export const countOfOutIn = (moment: string): string => `c.articles
  - (SELECT count(*) FROM member m WHERE m.channel = c.number AND m.published > ${moment})
  - (SELECT count(*) FROM article a JOIN member m ON m.channel = c.number
      AND m.published = a.published AND m.start = substr(a.id, 1, 8) AND m.article = a.number
    WHERE a.expires <= ${moment} AND a.published <= ${moment})`

/**
 * Numbers of the articles that came out or expired after a moment and until another, or both: what an article was at
 * either does not tell.
 */
export const articlesDue = (
  since: string,
  until: string,
): string => `SELECT m.article AS number FROM member m JOIN channel c ON c.number = m.channel
    WHERE c.kind = 'site' AND m.published > ${since} AND m.published <= ${until}
  UNION
  SELECT article FROM member
    WHERE channel = ${unlisted} AND published > ${since} AND published <= ${until}
  UNION
  SELECT number FROM article WHERE expires > ${since} AND expires <= ${until}`

/** One row where an article that is listed stopped being news after a moment and until another. */
export const anyLeftNews = (
  since: string,
  until: string,
): string => `SELECT 1 FROM member m JOIN channel c ON c.number = m.channel
    WHERE c.kind = 'site' AND m.published > ${since} - ${newsMs} AND m.published <= ${until} - ${newsMs} LIMIT 1`

/** When the first article after a moment comes out, expires or is no news any more; null when none will. */
export const nextDue = (moment: string): string => `SELECT min(due) AS due FROM (
    SELECT min(m.published) AS due FROM member m
      JOIN channel c ON c.number = m.channel WHERE c.kind = 'site' AND m.published > ${moment}
    UNION ALL
    SELECT min(published) FROM member WHERE channel = ${unlisted} AND published > ${moment}
    UNION ALL
    SELECT min(expires) FROM article WHERE expires > ${moment} AND path IS NOT NULL
    UNION ALL
    SELECT min(m.published) + ${newsMs} FROM member m
      JOIN channel c ON c.number = m.channel WHERE c.kind = 'site' AND m.published > ${moment} - ${newsMs})`
