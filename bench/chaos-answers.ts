/** Says where feeds and pages differ from what must be published. */
import type { History } from '../test/support/history.ts'
import { channelPaths, host, isHeldBack, type Story } from '../test/support/stories.ts'
import { readAnswer, type ShownItem } from './answers.ts'
import type { Newsstand } from './newsstand.ts'

export const documents = channelPaths.flatMap((channel) =>
  ['rss.xml', 'atom.xml', 'feed.json'].map((name) => channel + name),
)
/** Another clock than ours may have stamped a file. */
const clockMs = 2000

/**
 * Where feeds and pages differ from the model; nothing when they are equal. What they say of `updated`
 * is then held by the model.
 */
export async function differences(
  get: Newsstand['get'],
  history: History,
  feedItems: number,
): Promise<string[]> {
  const found: string[] = []
  const seen: { story: Story; updated: number }[] = []
  for (const path of documents) {
    const stories = history.published(path.slice(0, path.lastIndexOf('/') + 1)).slice(0, feedItems)
    const answer = await get(path)
    if (answer?.status === 404 && stories.length === 0) continue
    if (answer?.status !== 200) return [`${path} is answered with ${answer?.status}`]
    const items = readAnswer(path, answer.body)
    const byId = new Map(items.map((item) => [item.id, item]))
    for (const story of stories) {
      const item = byId.get(story.id)
      byId.delete(story.id)
      const faults = item ? faultsOf(item, story) : ['is missing']
      for (const fault of faults) found.push(`${path}: ${nameOf(story)} ${fault}`)
      if (item?.updated !== undefined) seen.push({ story, updated: item.updated })
    }
    for (const { id, title } of byId.values()) found.push(`${path}: ${id} "${title}" is left over`)
    const isOrdered = stories.every(({ id }, n) => items[n]?.id === id)
    if (found.length === 0 && !isOrdered) found.push(`${path}: is in another order`)
  }
  if (found.length === 0) found.push(...(await pageFaults(get, history)))
  if (found.length === 0) {
    for (const { story, updated } of seen) story.updated = { least: updated, most: updated }
  }
  return found
}

async function pageFaults(get: Newsstand['get'], history: History): Promise<string[]> {
  const found: string[] = []
  for (const story of history.all()) {
    const answer = await get(story.page)
    const status = statusOf(story)
    if (answer?.status !== status) {
      found.push(`${story.page} is ${answer?.status} and not ${status}`)
    } else if (status === 200 && !answer.body.includes(story.content.text)) {
      found.push(`${story.page}: ${nameOf(story)} has another text`)
    }
  }
  return found
}

function statusOf({ path, content }: Story): number {
  if (isHeldBack(content)) return 404
  return path === undefined ? 410 : 200
}

function faultsOf(item: ShownItem, { page, content, updated: { least, most } }: Story): string[] {
  const time = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString() : 'now')
  const terms = (all: readonly string[]) => all.join().toLowerCase()
  const { updated = least } = item
  const isInTime = updated >= least && updated <= Math.min(most, Date.now() + clockMs)
  const pairs = {
    title: [item.title, content.title],
    text: [item.text, content.text],
    address: [item.url, host + page],
    date: [time(minuteOf(item.published)), time(minuteOf(Date.parse(content.date)))],
    terms: [terms(item.terms), terms([content.section, ...content.tags])],
  }
  const others = Object.entries(pairs).filter(([, [is, should]]) => is !== should)
  return [
    ...others.map(([what, [is]]) => `has the ${what} "${is}"`),
    ...(isInTime ? [] : [`is updated ${time(updated)}, not ${time(least)} to ${time(most)}`]),
  ]
}

/** Dates without a time get a moment of their first minute. */
const minuteOf = (time: number) => Math.floor(time / 60_000) * 60_000

const nameOf = ({ id, path, content }: Story) => `${id} "${content.title}" (${path})`
