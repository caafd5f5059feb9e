import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { until } from '../support/until.ts'

const ADMIN_TOKEN = 'a-token-of-this-test'
const article = '---\ntitle: Put over HTTP\ndate: 2026-03-01\n---\nText.\n'

const start = (env = {}) => startNewsstand({ 'a.txt': page() }, { ADMIN_TOKEN, ...env })

function call(
  { adminUrl }: Newsstand,
  method: string,
  path: string,
  body: string | Buffer | null = null,
  token = ADMIN_TOKEN,
): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}` }
  return fetch(adminUrl + path, {
    method,
    headers,
    body: body as string | null,
    redirect: 'manual',
  })
}

describe('the admin listener', () => {
  it('puts an article, says what check says of it, and removes it', async () => {
    const newsstand = await start()
    const put = await call(newsstand, 'PUT', '/articles/harbour/ferry%20one.md', article)
    expect(put.status).toBe(201)
    expect(await put.json()).toMatchObject({
      path: 'harbour/ferry one.md',
      kind: 'article',
      rejections: [],
      article: { title: 'Put over HTTP', state: 'out' },
    })
    await until(async () => (await newsstand.text('/rss.xml')).includes('Put over HTTP'))
    expect(readdirSync(join(newsstand.articlesDir, 'harbour'))).toEqual(['ferry one.md'])
    const edited = article.replace('Text', 'Another text')
    expect((await call(newsstand, 'PUT', '/articles/harbour/ferry%20one.md', edited)).status).toBe(
      200,
    )
    await until(async () => (await newsstand.text('/rss.xml')).includes('Another text'))
    const path = '/articles/harbour/ferry%20one.md'
    expect((await call(newsstand, 'DELETE', path)).status).toBe(204)
    await until(async () => !(await newsstand.text('/rss.xml')).includes('Put over HTTP'))
    expect((await call(newsstand, 'DELETE', path)).status).toBe(404)
  })

  it('writes nothing that would be rejected, and lists what is wrong', async () => {
    const newsstand = await start()
    newsstand.write('own.md', article.replace('date:', 'guid: one\ndate:'))
    await until(async () => (await newsstand.text('/rss.xml')).includes('Put over HTTP'))
    for (const [path, body, kind] of [
      ['wrong.md', '---\ntitle: T\ndate: x\nexpires: y\n---\nText.\n', 'rejected'],
      ['same.md', article.replace('date:', 'guid: one\ndate:'), 'rejected'],
      ['README.md', article, 'passed-over'],
    ] as const) {
      const answer = await call(newsstand, 'PUT', `/articles/${path}`, body)
      expect(answer.status).toBe(422)
      const file = (await answer.json()) as { rejections: object[]; notes: object[] }
      expect(file).toMatchObject({ path, kind })
      expect(file.rejections.length + file.notes.length).toBeGreaterThan(0)
    }
    expect(readdirSync(newsstand.articlesDir).sort()).toEqual(['a.txt', 'own.md'])
  })

  it('writes in the articles folder alone, and what has the ending of an article', async () => {
    const newsstand = await start()
    const outside = temporaryFolder({ 'b.md': article })
    symlinkSync(outside, join(newsstand.articlesDir, 'out'))
    mkdirSync(join(newsstand.articlesDir, 'folder.md'))
    for (const path of [
      ...['..%2fb.md', 'a/..%2f..%2fb.md', '%2e%2e/b.md', '.b.md', '.hidden/b.md', 'a//b.md'],
      ...['b.exe', 'b', 'a%00.md', 'a%5cb.md', `${'x'.repeat(300)}.md`, '%E4.md', 'out/b.md'],
      ...['folder.md', 'a.txt/b.md'],
    ]) {
      const { status } = await call(newsstand, 'PUT', `/articles/${path}`, article)
      expect(`${path}: ${status}`).toMatch(/: 40[04]$/)
    }
    for (const path of ['out/b.md', '..%2fb.md', 'a.txt/b.md']) {
      expect((await call(newsstand, 'DELETE', `/articles/${path}`)).status).toBeGreaterThan(399)
    }
    expect(readdirSync(newsstand.articlesDir).sort()).toEqual(['a.txt', 'folder.md', 'out'])
    expect(readdirSync(outside)).toEqual(['b.md'])
    expect(readFileSync(join(outside, 'b.md'), 'utf8')).toBe(article)
    const tooLong = Buffer.alloc(10 * 1024 * 1024 + 1, 'a')
    expect((await call(newsstand, 'PUT', '/articles/long.md', tooLong)).status).toBe(413)
    expect(existsSync(join(newsstand.articlesDir, 'long.md'))).toBe(false)
  })

  it('says as JSON what a refresh has changed', async () => {
    const newsstand = await start({ WATCH: 'false' })
    newsstand.write('b.md', article)
    let added = 0
    await until(async () => {
      const answer = await call(newsstand, 'POST', '/refresh')
      expect(answer.status).toBe(200)
      added += ((await answer.json()) as { added: number }).added
      return added > 0
    })
    expect(added).toBe(1)
    // The button of the status page leads back to it.
    const pressed = { method: 'POST', redirect: 'manual' } as const
    expect((await fetch(`${newsstand.adminUrl}/refresh`, pressed)).status).toBe(303)
  })

  it('asks for the token, and without the setting takes nothing', async () => {
    const newsstand = await start()
    for (const token of ['', 'wrong', `${ADMIN_TOKEN}x`]) {
      for (const [method, path] of [
        ['PUT', '/articles/b.md'],
        ['DELETE', '/articles/a.txt'],
        ['POST', '/refresh'],
      ] as const) {
        const answer = await call(newsstand, method, path, null, token)
        expect(answer.status).toBe(401)
        expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer')
      }
    }
    await newsstand.stop()
    const off = await startNewsstand({ 'a.txt': page() })
    expect((await call(off, 'PUT', '/articles/b.md', article)).status).toBe(404)
    expect((await call(off, 'DELETE', '/articles/a.txt')).status).toBe(404)
    expect(readdirSync(off.articlesDir)).toEqual(['a.txt'])
  })
})
