import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startNewsstand } from '../support/newsstand.ts'
import { serve } from '../support/serve.ts'
import { until } from '../support/until.ts'

const story = (title: string, text: string) =>
  `---\ntitle: ${title}\ndate: 2026-01-01\n---\n\n${text}\n`

it('a webhook hears of what changed while it was away, though the program was killed meanwhile', async () => {
  let isAway = false
  let asked = 0
  const told: { type: string; title: string; id: string }[] = []
  const hook = await serve(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    asked += 1
    // Without an answer.
    if (isAway) return
    const { type, data } = JSON.parse(body)
    told.push({ type, title: data.title, id: data.id })
    response.writeHead(204).end()
  })
  const desk = await startNewsstand({ 'old.md': story('Old', 'Text.') }, { WEBHOOKS: hook })
  // By now it is settled which articles are none to tell of.
  await until(() => existsSync(join(desk.dataDir, 'deliveries.sqlite')), 'the first look')
  const [{ id: old } = expect.fail()] = JSON.parse(await desk.text('/feed.json')).items
  desk.write('new.md', story('New', 'Text.'))
  await until(() => told.length > 0, 'the new article')
  expect(told).toMatchObject([{ type: 'article.added', title: 'New' }])
  isAway = true
  desk.write('second.md', story('Second', 'Text.'))
  await until(() => asked > 1, 'the second article')
  await desk.stop('SIGKILL')
  desk.write('second.md', story('Second', 'Another text.'))
  desk.remove('old.md')
  isAway = false
  await desk.start()
  await until(() => told.length > 2, 'both')
  expect(told.slice(1).toSorted((a, b) => a.type.localeCompare(b.type))).toMatchObject([
    { type: 'article.added', title: 'Second' },
    { type: 'article.removed', id: old },
  ])
})

it('a webhook is told whatever was searched for, where hubs are told of searches', async () => {
  const titles: string[] = []
  const hook = await serve(async (request, response) => {
    const { data } = JSON.parse(Buffer.concat(await request.toArray()).toString())
    titles.push(data.title)
    response.writeHead(204).end()
  })
  const topics: (string | null)[] = []
  const hub = await serve(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    topics.push(new URLSearchParams(body).get('hub.topic'))
    response.writeHead(204).end()
  })
  const desk = await startNewsstand(
    { 'old.md': story('Old', 'Text.') },
    { WEBHOOKS: hook, HUBS: hub },
  )
  await until(() => existsSync(join(desk.dataDir, 'deliveries.sqlite')), 'the first look')
  await desk.text('/search/rss.xml?q=text')
  // It is not understood: nothing is named after the colon.
  await desk.text('/search/rss.xml?q=section:')
  desk.write('new.md', story('New', 'Text.'))
  await until(() => titles.includes('New'), 'the new article')
  await until(() => topics.some((topic) => topic?.includes('/search/')), 'the search')
  expect(topics.filter((topic) => topic?.includes('section'))).toEqual([])
})
