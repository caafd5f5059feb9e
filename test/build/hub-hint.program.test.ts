import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { runNewsstand } from '../support/newsstand.ts'

it('says at the end of a build that feeds name a hub that no host of files has', async () => {
  const ARTICLES_DIR = temporaryFolder({
    'one.md': '---\ntitle: One\ndate: 2026-01-01\n---\nText.',
  })
  const saidWith = async (more: Record<string, string>) => {
    const env = { ARTICLES_DIR, BASE_URL: 'https://news.example', ...more }
    const built = await runNewsstand(['build', '--out', join(temporaryFolder(), 'site')], env)
    expect(built).toMatchObject({ code: 0 })
    return built.err
  }
  expect(await saidWith({})).toContain('so the feeds name https://news.example/hub, which no host')
  expect(await saidWith({ HUBS: 'https://hub.example/' })).not.toContain('HUBS')
})
