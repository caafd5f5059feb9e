/** All that a Newsstand over a folder with a history shows. */
import type { History } from './history.ts'

/**
 * What the feed of the site and its archive documents lack, hold twice, or should not hold.
 * @param text the body of what is at a path
 */
export async function wrongInAll(
  text: (path: string) => Promise<string | undefined>,
  history: History,
): Promise<string[]> {
  const expected = new Map(history.published().map(({ id, content }) => [id, content.title]))
  const shown = new Map<string, string>()
  const archived = new Set<string>()
  const faults: string[] = []
  for (let path: string | undefined = '/feed.json'; path; ) {
    const { items, next_url: next } = JSON.parse((await text(path)) ?? '{"items":[]}')
    for (const { id, title } of items) {
      // One that came back into the feed when a newer one was removed is in its archive as well.
      if (archived.has(id)) faults.push(`"${title}" is in two archive documents`)
      if (path.includes('/archive/')) archived.add(id)
      shown.set(id.replace('urn:uuid:', ''), title)
    }
    path = next && new URL(next).pathname
  }
  for (const id of new Set([...expected.keys(), ...shown.keys()])) {
    const [is, should] = [shown.get(id), expected.get(id)]
    if (is !== should) faults.push(`${id} is "${is ?? 'lost'}" and should be "${should ?? 'gone'}"`)
  }
  return faults
}
