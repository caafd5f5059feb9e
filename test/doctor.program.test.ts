/** What the doctor says where something is as it should be, and where it is not: real files, ports and proxies. */
import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { createServer, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder, writeInto } from './support/folder.ts'
import { runNewsstand, startNewsstand } from './support/newsstand.ts'
import { page } from './support/page.ts'
import { freePort, unprivileged } from './support/program.ts'

type Env = Readonly<Record<string, string>>

/** @returns what is said, a line for each thing */
async function examined(env: Env, cwd: string, through: readonly string[] = [], ...args: string[]) {
  const run = await runNewsstand(['doctor', ...args], env, cwd, through)
  expect(run.err).toBe('')
  const { code } = run
  // What does not fit into a line goes on below it.
  const out = run.out.replace(/\n {10,}(?=\S)/g, ' ')
  const lines = out.split('\n')
  const of = (about: string) => lines.find((line) => line.slice(7, 21).trim() === about)
  return { code, out, of, last: out.trim().split('\n').at(-1) }
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface Proxy {
  readonly headers?: Env
  /** Adds it to what comes in X-Forwarded-For. */
  readonly adds?: string
  /** Changes what comes back. */
  readonly change?: (response: ServerResponse, headers: Record<string, unknown>) => void
}

/** What stands in front of a site. @param port where that is */
function startProxy(port: number, { headers = {}, adds, change }: Proxy = {}): Promise<string> {
  const server = createServer((asked, response) => {
    const forwarded: Record<string, unknown> = { ...asked.headers, ...headers, connection: 'close' }
    if (adds) forwarded['x-forwarded-for'] = `${asked.headers['x-forwarded-for']}, ${adds}`
    const options = { port, host: '127.0.0.1', path: asked.url, headers: forwarded as Env }
    const behind = request(options, (answer) => {
      const changed: Record<string, unknown> = { ...answer.headers }
      change?.(response, changed)
      response.writeHead(answer.statusCode ?? 500, changed as Record<string, string>)
      answer.pipe(response)
    })
    behind.on('error', () => response.writeHead(502).end('Bad gateway'))
    behind.end()
  })
  return listening(server)
}

async function site() {
  const cwd = temporaryFolder({ 'articles/a.txt': page() })
  const port = await freePort()
  const env = { PORT: String(port), ADMIN_PORT: String(await freePort()) }
  return { cwd, port, env }
}

describe('the doctor', () => {
  it('finds nothing wrong where nothing is, leaves nothing, and ends with 0', async () => {
    const { cwd, env, port } = await site()
    const { code, of, last, out } = await examined(env, cwd)
    expect(code, out).toBe(0)
    expect(of('Node')).toContain(process.versions.node)
    expect(of('Articles')).toContain('has 1 file of the kinds that articles are')
    expect(of('Name')).toBeUndefined()
    expect(of('Data')).toContain('will be made at the first start')
    expect(of('Pictures')).toMatch(/^right/)
    expect(of('Port')).toContain(`Port ${port} of 127.0.0.1 is free`)
    expect(of('Address')).toMatch(/^note .*where only this machine/)
    expect(out).toContain(`http://localhost:${port} leads here.`)
    expect(last).toMatch(/^Nothing is wrong; \d things? (?:is|are) worth knowing\.$/)
    expect(readdirSync(cwd)).toEqual(['articles'])
  })

  it('says where articles have the name of the publisher of the samples', async () => {
    const { cwd, env } = await site()
    writeInto(cwd, 'articles/a.txt', 'A ferry runs again\n\nIt had been in repair.\n')
    expect((await examined(env, cwd)).of('Name')).toMatch(/^note .* TRT World, .* set SITE_TITLE/)
    expect((await examined({ ...env, SITE_TITLE: 'Pier' }, cwd)).of('Name')).toBeUndefined()
  })

  it('names a setting that is not allowed, and what depends on it is not looked at', async () => {
    const { cwd, env } = await site()
    const { code, of, out } = await examined({ ...env, FEED_ITEMS: 'many' }, cwd)
    expect(code).toBe(1)
    expect(of('Settings')).toMatch(/^wrong .*FEED_ITEMS is "many"; allowed is/)
    expect(out).not.toContain('Articles')
  })

  it('says what is wrong with folders, and who may not use them', async () => {
    const { cwd, env } = await site()
    const none = await examined({ ...env, ARTICLES_DIR: 'nowhere' }, cwd)
    expect(none.code).toBe(1)
    expect(none.of('Articles')).toMatch(/^wrong .*There is no folder .*nowhere\. → .*ARTICLES_DIR/)

    chmodSync(join(cwd, 'articles/a.txt'), 0)
    chmodSync(cwd, 0o555)
    const forbidden = await examined(env, cwd, unprivileged)
    expect(forbidden.code).toBe(1)
    expect(forbidden.of('Articles')).toMatch(/^wrong .*1 of 1 files .* may not be read, a\.txt/)
    expect(forbidden.of('Data')).toMatch(/^wrong .*It cannot be made in .* → Give this user/)
    chmodSync(join(cwd, 'articles'), 0)
    const shut = await examined(env, cwd, unprivileged)
    expect(shut.of('Articles')).toMatch(/^wrong .*articles may not be read\. → /)
    chmodSync(join(cwd, 'articles'), 0o755)
    chmodSync(cwd, 0o755)

    const named = await examined(env, cwd, [], './articles')
    expect(named.of('Data')).toContain('.newsstand/articles will be made')
  })

  it('tells another program at a port from a Newsstand', async () => {
    const { cwd, env } = await site()
    const other = createServer((_, response) => response.end('Something else'))
    const port = new URL(await listening(other)).port
    const taken = await examined({ ...env, PORT: port, ADMIN_PORT: '0' }, cwd)
    expect(taken.code).toBe(1)
    expect(taken.of('Port')).toMatch(/^wrong .*another program uses this port\. → Stop it, or set/)
    expect(taken.of('Status page')).toMatch(/^right .*ADMIN_PORT is 0/)
    expect(taken.out).toContain('can be tried when the port is to be had')

    const newsstand = await startNewsstand({ 'a.txt': page() })
    const { port: own } = new URL(newsstand.url)
    const { port: adminPort } = new URL(newsstand.adminUrl)
    const settings = { BASE_URL: newsstand.url, ARTICLES_DIR: newsstand.articlesDir }
    const running = await examined({ ...settings, PORT: own, ADMIN_PORT: adminPort }, cwd)
    expect(running.code, running.out).toBe(0)
    expect(running.of('Port')).toContain(`A Newsstand answers at ${newsstand.url}.`)
    expect(running.of('Status page')).toMatch(/^right/)
    expect(running.out).toContain('its feed is that of')
    expect(running.of('Polling')).toMatch(/^right .*304/)
    const elsewhere = await freePort()
    const moved = await examined({ ...settings, PORT: own, ADMIN_PORT: String(elsewhere) }, cwd)
    expect(moved.of('Status page')).toMatch(/^wrong .*Nobody listens/)
  })

  it('asks itself through the proxy in front, and says what that leaves out', async () => {
    const { cwd, env, port } = await site()
    const kept = (_: ServerResponse, headers: Record<string, unknown>) => {
      expect(headers['cache-control']).toBe('no-store')
    }
    const forwarding = await startProxy(port, {
      headers: { 'x-forwarded-for': '192.0.2.7' },
      change: kept,
    })
    const silent = await startProxy(port)
    const proxyOf = async (url: string, trust?: string) => {
      const set = { ...env, BASE_URL: `${url}/news`, ...(trust && { TRUST_PROXY: trust }) }
      const { code, of, out } = await examined(set, cwd)
      expect(out).toContain(`${url}/news leads here.`)
      return `${code} ${of('Proxy')}`
    }
    expect(await proxyOf(forwarding)).toMatch(/^0 note .*is not believed.* → Set TRUST_PROXY=1/)
    expect(await proxyOf(forwarding, '1')).toMatch(/^0 right/)
    expect(await proxyOf(silent)).toMatch(
      /^0 note .*does not tell who asks.*X-Forwarded-For \$remote/,
    )
    expect(await proxyOf(silent, '1')).toMatch(
      /^1 wrong .*TRUST_PROXY is 1, and no X-Forwarded-For/,
    )
  })

  it('is no reader itself', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    const env = { PORT: new URL(newsstand.url).port, ADMIN_PORT: new URL(newsstand.adminUrl).port }
    await examined({ ...env, BASE_URL: newsstand.url }, temporaryFolder({}))
    const status = JSON.parse(await (await fetch(`${newsstand.adminUrl}/status`)).text())
    expect(status.lastDay.answers).toMatchObject({ 200: expect.any(Number) })
    expect(status.subscribers).toEqual([])
  })

  it('sees whether readers can say themselves who they are', async () => {
    const { cwd, env, port } = await site()
    const adding = await startProxy(port, { adds: '127.0.0.1' })
    const second = await startProxy(Number(new URL(adding).port), { adds: '127.0.0.1' })
    const of = async (BASE_URL: string, TRUST_PROXY: string) => {
      const { code, of } = await examined({ ...env, BASE_URL, TRUST_PROXY }, cwd)
      return `${code} ${of('Proxy')}`
    }
    const isWrong = (remedy: string) =>
      new RegExp(`^1 wrong .* who sends an X-Forwarded-For is .* → Set TRUST_PROXY=${remedy}$`)
    expect(await of(adding, '2')).toMatch(isWrong('1'))
    expect(await of(adding, '0.0.0.0/1, 128.0.0.0/1')).toMatch(isWrong('1'))
    expect(await of(adding, '1')).toMatch(/^0 right/)
    // Readers come from elsewhere than the doctor.
    expect(await of(adding, 'loopback')).toMatch(/^0 right/)
    expect(await of(second, '3')).toMatch(isWrong('2'))
    expect(await of(second, 'false')).toMatch(/^0 note .*Set TRUST_PROXY=2, if these 2 proxies/)
    expect(await of(`http://127.0.0.1:${port}`, '1')).toMatch(isWrong('false'))
    expect(await of(`http://127.0.0.1:${port}`, 'loopback')).toMatch(/^0 right/)
  })

  it('tries whether articles can be written, where programs may put some', async () => {
    const { cwd, env } = await site()
    const articles = join(cwd, 'articles')
    const of = async (more: Env) => {
      const examination = await examined({ ...env, ...more }, cwd, unprivileged)
      return examination.of('Over HTTP')
    }
    const ADMIN_TOKEN = 'a-token-of-this-test'
    expect(await of({})).toBeUndefined()
    expect(await of({ ADMIN_TOKEN })).toMatch(/^right .*can be written/)
    chmodSync(articles, 0o555)
    expect(await of({ ADMIN_TOKEN })).toMatch(/^wrong .*nothing can be written.*ReadWritePaths=/)
    chmodSync(articles, 0o755)
    expect(readdirSync(articles)).toEqual(['a.txt'])
  })

  it('says what answers in its place', async () => {
    const { cwd, env } = await site()
    const answering = (status: number, headers: Env = {}, body = 'Hello') =>
      listening(createServer((_, response) => response.writeHead(status, headers).end(body)))
    const addressOf = async (url: string, more: Env = {}) => {
      const { code, of } = await examined({ ...env, BASE_URL: url, ...more }, cwd)
      expect(code).toBe(1)
      return of('Address')?.startsWith('wrong') ? of('Address') : undefined
    }
    // Where it is an address of this machine that is noted first.
    const said = async (url: string) => {
      const { out, code } = await examined({ ...env, BASE_URL: url }, cwd)
      expect(code).toBe(1)
      return out
    }
    expect(await said(await answering(200))).toMatch(/wrong .*another program answers, with 200/)
    expect(await said(await answering(401))).toMatch(/wrong .*it asks for a password/)
    expect(await said(await answering(404))).toMatch(/wrong .*it knows no such address/)
    expect(await said(await startProxy(await freePort()))).toMatch(
      /wrong .*it answers with 502\. → A server in front finds nobody behind it: have it pass all on to http:\/\/127/,
    )
    const secure = { Location: 'https://127.0.0.1/x' }
    expect(await said(await answering(301, secure))).toMatch(
      /it leads on to https:\S+ → Set BASE_URL=https:\/\/127\.0\.0\.1\n/,
    )
    expect(await said(`http://127.0.0.1:${await freePort()}`)).toMatch(
      /wrong .*nobody listens there\. → PORT is \d+, and BASE_URL names another/,
    )
    expect(await addressOf('https://nothing.invalid')).toMatch(/no address .* of nothing\.invalid/)
  })

  it('sees while Newsstand runs what becomes of its feed on the way', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() })
    const { port } = new URL(newsstand.url)
    const cwd = temporaryFolder()
    const env = { ARTICLES_DIR: newsstand.articlesDir, PORT: port, ADMIN_PORT: '0' }
    const of = async (url: string) => {
      await newsstand.stop()
      await newsstand.start({ BASE_URL: url, ADMIN_PORT: '0' })
      const { code, out } = await examined({ ...env, BASE_URL: url }, cwd)
      return `${code} ${out}`
    }
    const fine = await of(await startProxy(Number(port)))
    expect(fine).toMatch(/^0 /)
    expect(fine).toContain('cannot be seen while Newsstand runs')
    const wrongTime = (_: ServerResponse, headers: Record<string, unknown>) => {
      headers.date = new Date(Date.now() - 3_600_000).toUTCString()
    }
    expect(await of(await startProxy(Number(port), { change: wrongTime }))).toMatch(
      /^1 .*wrong +Clock +It is 3,[56]\d\d seconds ahead of/s,
    )
    const plain = (_: ServerResponse, headers: Record<string, unknown>) => {
      headers['content-type'] = 'text/plain'
      delete headers.etag
    }
    const changed = await of(await startProxy(Number(port), { change: plain }))
    expect(changed).toMatch(/^1 .*wrong .*comes as text\/plain/s)
    expect(changed).toMatch(/note +Polling .*200 in place of 304/)
    // Several machines, of which each has another feed.
    let n = 0
    const another = (_: ServerResponse, headers: Record<string, unknown>) => {
      n += 1
      if (headers.etag) headers.etag = `"${n}"`
    }
    const several = await of(await startProxy(Number(port), { change: another }))
    expect(several).toMatch(/^0 .*note +Polling .*another one each time it is asked for/s)
    expect(several).not.toContain('takes ETag')
    // Started with another address than the doctor has.
    const other = await startProxy(Number(port))
    const { code, out } = await examined({ ...env, BASE_URL: other }, cwd)
    expect(code).toBe(1)
    expect(out).toContain('was started with another BASE_URL')
    expect(existsSync(join(cwd, 'data'))).toBe(false)
    // Another machine, which answers nobody while it is not ready; and a server in front that finds nobody.
    const answering = (type: string, text: string) =>
      listening(
        createServer((_, response) => response.writeHead(503, { 'content-type': type }).end(text)),
      )
    const unready = await of(await answering('text/plain', 'ICON is set otherwise here.\n'))
    expect(unready).toMatch(/^1 .*wrong +Ready +What answers at \S+ is not: ICON is set otherwise/s)
    expect(unready).not.toMatch(/does not lead here|Polling/)
    expect(await of(await answering('text/html', '<p>Nobody'))).toMatch(
      /^1 .*right +Ready .*does not lead here: it answers with 503\. → A server/s,
    )
  })
})
