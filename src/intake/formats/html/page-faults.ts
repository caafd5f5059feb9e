/** What a web page lacks to become an article, as rejections. */
import type { RawArticle } from '../../raw-article.ts'
import type { Rejection } from '../../rejection.ts'
import { ambiguousDay } from '../lines/date-in-text.ts'
import { dateFault } from '../lines/written-date.ts'

/** @param unread a date that is no day, or two */
export const faultsOf = (
  title: string,
  published: string | undefined,
  unread: string | undefined,
  body: RawArticle['body'] | undefined,
): Rejection[] => [
  ...(title === '' ? [untitled] : []),
  ...(published ? [] : [undated(unread)]),
  ...(body ? [] : [withoutStory]),
]

const untitled: Rejection = { reason: 'the page has no title', remedy: 'Give it a <title>.' }

export const withoutStory: Rejection = {
  reason: 'no story is found in the page',
  remedy: 'Put its paragraphs into <p> elements within an <article> element.',
}

function undated(unread: string | undefined): Rejection {
  const remedy =
    'Give it <meta property="article:published_time" content="2026-04-13T09:30:00+03:00">.'
  if (!unread) return { reason: 'the page has no date', remedy }
  const fault = dateFault(unread)
  return {
    reason: `"${unread.slice(0, 80)}" ${fault.reason}`,
    remedy: ambiguousDay(unread) ? fault.remedy : remedy,
  }
}
