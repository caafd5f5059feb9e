import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const story = (title: string) => page({ title, body: 'The quay at night.' })

/** What a search finds that is answered, or undefined. */
async function found(newsstand: Newsstand): Promise<string[] | undefined> {
  const answer = await newsstand.get('/search/feed.json?q=quay')
  if (answer.status === 503) return undefined
  expect(answer.status).toBe(200)
  const { items } = (await answer.json()) as { items: { title: string }[] }
  return items.map(({ title }) => title).sort()
}

it.each([
  ['that is no JSON any more', "facts = 'x' || substr(facts, 2)"],
  ['that has become another', "facts = replace(facts, 'Lamps', 'Lumps')"],
])('a text %s keeps no search from finding others, and is found again', async (_, damage) => {
  const newsstand = await startNewsstand({ 'a.txt': story('Ferries') })
  await until(async () => (await found(newsstand))?.join() === 'Ferries')
  newsstand.write('b.txt', story('Lamps'))
  newsstand.write('c.txt', story('Nets'))
  await until(async () => (await newsstand.text('/feed.json')).includes('Nets'))
  const database = new DatabaseSync(join(newsstand.dataDir, 'catalogue.sqlite'))
  database.exec(`UPDATE article SET ${damage} WHERE path = 'b.txt'`)
  database.close()
  const states: string[] = []
  await until(async () => {
    const titles = await found(newsstand)
    if (titles) states.push(titles.join())
    return titles?.includes('Lamps') === true
  })
  expect(states[0]).toMatch(/^Ferries,(Lamps,)?Nets$/)
  expect(states.join()).not.toContain('Lumps')
  expect(states.at(-1)).toBe('Ferries,Lamps,Nets')
  expect(newsstand.output()).toContain('the catalogue was damaged')
  expect(newsstand.output()).not.toContain('cannot be searched')
})
