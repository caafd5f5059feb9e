import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { page } from '../support/page.ts'
import { unprivileged } from '../support/program.ts'
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

/** @returns its status and detail */
async function problemIn(answer: Response): Promise<string> {
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  const { type, title, status, detail } = (await answer.json()) as Record<string, unknown>
  expect([type, status]).toEqual(['about:blank', answer.status])
  expect(title).toBeTypeOf('string')
  return `${status} ${detail}`
}

/** Sends a part of an article, and is gone. */
async function breakOff({ adminUrl }: Newsstand): Promise<void> {
  const { port, host } = new URL(adminUrl)
  const socket = connect(Number(port), '127.0.0.1')
  const head = `PUT /articles/c.md HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${ADMIN_TOKEN}`
  socket.write(`${head}\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n`)
  await once(socket, 'data')
  socket.write('Half')
  socket.destroy()
  await once(socket, 'close')
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
    expect(await newsstand.text('/rss.xml')).toContain('Put over HTTP')
    expect(readdirSync(join(newsstand.articlesDir, 'harbour'))).toEqual(['ferry one.md'])
    const edited = article.replace('Text', 'Another text')
    expect((await call(newsstand, 'PUT', '/articles/harbour/ferry%20one.md', edited)).status).toBe(
      200,
    )
    expect(await newsstand.text('/rss.xml')).toContain('Another text')
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

  it('says what has changed although the watcher has seen it first', async () => {
    const newsstand = await start()
    const answer = async () => (await call(newsstand, 'POST', '/refresh')).json()
    newsstand.write('bad.md', '---\ntitle: Undated\ndate: never\n---\nText.\n')
    newsstand.write('b.md', article)
    await until(async () => (await newsstand.text('/rss.xml')).includes('Put over HTTP'))
    expect(await answer()).toMatchObject({
      ...{ added: 1, edited: 0, removed: 0, waiting: [] },
      rejected: [{ path: 'bad.md', line: 3 }],
    })
    expect(await answer()).toEqual({ added: 0, edited: 0, removed: 0, rejected: [], waiting: [] })
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
    const press = (headers: Record<string, string>) =>
      fetch(`${newsstand.adminUrl}/refresh`, { method: 'POST', redirect: 'manual', headers })
    expect((await press({ Origin: newsstand.adminUrl })).status).toBe(303)
    expect(await problemIn(await press({}))).toMatch(/^401 .*ADMIN_TOKEN/)
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
    for (const [method, path, body] of [
      ['PUT', '/articles/b.md', article],
      ['DELETE', '/articles/a.txt', null],
      ['POST', '/refresh', null],
    ] as const) {
      expect(await problemIn(await call(off, method, path, body))).toMatch(/^403 .*is not set/)
    }
    expect(readdirSync(off.articlesDir)).toEqual(['a.txt'])
    const pressed = { method: 'POST', redirect: 'manual' } as const
    expect((await fetch(`${off.adminUrl}/refresh`, pressed)).status).toBe(303)
  })

  it('tells programs as problem details what is wrong, and logs no stack', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() }, { ADMIN_TOKEN }, unprivileged)
    const { articlesDir } = newsstand
    mkdirSync(join(articlesDir, 'folder.md'))
    const problem = async (...of: [method: string, path: string, body?: string | null]) =>
      problemIn(await call(newsstand, ...of))
    expect(await problem('DELETE', '/articles/folder.md')).toBe('400 A folder lies there.')
    expect(await problem('PUT', '/articles/folder.md', article)).toBe('400 A folder lies there.')
    expect(await problem('PUT', '/articles/', article)).toMatch(/^400 /)
    chmodSync(articlesDir, 0o555)
    for (const method of ['PUT', 'DELETE']) {
      expect(await problem(method, '/articles/a.txt', method === 'PUT' ? page() : null)).toMatch(
        /^500 The articles folder cannot be written.*ReadWritePaths=.*container/,
      )
    }
    chmodSync(articlesDir, 0o755)
    for (const [path, allowed, sentence] of [
      ['/refresh', 'POST', 'Only POST is answered here.'],
      ['/articles/a.txt', 'PUT, DELETE', 'Only PUT and DELETE are answered here.'],
    ] as const) {
      const answer = await call(newsstand, 'PATCH', path)
      expect(answer.headers.get('Allow')).toBe(allowed)
      expect(await problemIn(answer)).toBe(`405 ${sentence}`)
    }
    const packed = { Authorization: `Bearer ${ADMIN_TOKEN}`, 'Content-Encoding': 'gzip' }
    const put = { method: 'PUT', headers: packed, body: article }
    expect(await problemIn(await fetch(`${newsstand.adminUrl}/articles/c.md`, put))).toMatch(
      /^415 .*Content-Encoding/,
    )
    await breakOff(newsstand)
    expect((await call(newsstand, 'DELETE', '/articles/none.md')).status).toBe(404)
    const lines = newsstand.output().trim().split('\n')
    const logged = lines.map((line) => JSON.parse(line) as { msg: string; err?: unknown })
    const failed = logged.filter(({ msg }) => msg.includes(' failed: '))
    expect(failed.map(({ msg }) => msg.split(' ', 2).join(' '))).toEqual([
      'PUT /articles/a.txt',
      'DELETE /articles/a.txt',
    ])
    expect(logged.filter(({ err }) => err !== undefined)).toEqual([])
  })

  it('keeps who may read a file that it writes anew', async () => {
    const newsstand = await start()
    const path = join(newsstand.articlesDir, 'own.md')
    writeFileSync(path, article)
    chmodSync(path, 0o604)
    const isRoot = process.getuid?.() === 0
    if (isRoot) chownSync(path, 1234, 2345)
    expect((await call(newsstand, 'PUT', '/articles/own.md', article)).status).toBe(200)
    const { mode, uid, gid } = statSync(path)
    expect(mode & 0o777).toBe(0o604)
    if (isRoot) expect([uid, gid]).toEqual([1234, 2345])
  })
})
