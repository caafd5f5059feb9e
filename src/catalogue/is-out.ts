/**
 * What is out at a moment, ms since 1970: published, not expired and not removed. As code and as SQL, which
 * say the same; `:now` is the moment.
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

/** Of rows of the table article, which is called `a` where it is read. */
export const articleIsOut =
  'a.path IS NOT NULL AND a.published <= :now AND (a.expires IS NULL OR a.expires > :now)'

/**
 * Of rows of the table member, which hold no article that was removed, by an index of those that expire: to
 * look at every article of a channel takes long.
 */
export const memberIsOut =
  'published <= :now AND article NOT IN (SELECT number FROM article WHERE expires <= :now)'

/**
 * How many articles are, and may be listed: what is published less what has expired. To look at each takes four
 * times as long.
 */
export const countOfOut = `(SELECT count(*) FROM member m JOIN channel c ON c.number = m.channel
    WHERE c.kind = 'site' AND m.published <= :now)
  - (SELECT count(*) FROM article
    WHERE expires <= :now AND published <= :now AND path IS NOT NULL
    AND number NOT IN (SELECT article FROM member WHERE channel = ${unlisted}))`

/** Likewise of the articles in a channel, whose row is called `c`: those that are not out are the fewest. */
export const countOfOutIn = `c.articles
  - (SELECT count(*) FROM member m WHERE m.channel = c.number AND m.published > :now)
  - (SELECT count(*) FROM article a JOIN member m ON m.channel = c.number
      AND m.published = a.published AND m.start = substr(a.id, 1, 8) AND m.article = a.number
    WHERE a.expires <= :now AND a.published <= :now)`

/**
 * Numbers of the articles that came out or expired after `:since` and until `:now`, or both: what an article was at
 * either does not tell.
 */
export const articlesDue = `SELECT m.article AS number FROM member m JOIN channel c ON c.number = m.channel
    WHERE c.kind = 'site' AND m.published > :since AND m.published <= :now
  UNION
  SELECT article FROM member
    WHERE channel = ${unlisted} AND published > :since AND published <= :now
  UNION
  SELECT number FROM article WHERE expires > :since AND expires <= :now`
