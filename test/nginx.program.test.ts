/** deploy/nginx.conf in front of the real program. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder, writeInto } from './support/folder.ts'
import { type Answer, ask } from './support/http.ts'
import { type Newsstand, startNewsstand } from './support/newsstand.ts'
import { findingMs, findNginx } from './support/nginx.ts'
import { page } from './support/page.ts'
import { freePort } from './support/program.ts'
import { randomFrom } from './support/random.ts'
import { until } from './support/until.ts'

const files = { 'a.txt': page(), 'b.txt': page({ title: 'Second', body: 'Other words.' }) }
const shipped = readFileSync(
  fileURLToPath(new URL('../deploy/nginx.conf', import.meta.url)),
  'utf8',
)
function decoded({ headers: { 'content-encoding': coding }, body }: Answer): string {
  if (coding === 'gzip') return gunzipSync(body).toString()
  if (coding === 'br') return brotliDecompressSync(body).toString()
  return (coding === 'zstd' ? zstdDecompressSync(body) : body).toString()
}
/** What the cache says of an answer. */
const cached = ({ headers }: Answer) => headers['x-cache']

let nginx: Promise<string>
// Looked for once. Without it each test fails with a sentence that says what to do.
beforeAll(async () => {
  nginx = findNginx()
  await nginx.catch(() => {})
}, findingMs)

/** @param change makes another site of the one that is shipped */
async function startNginx(newsstand: Newsstand, change = (site: string) => site): Promise<string> {
  const port = await freePort()
  const root = temporaryFolder()
  const site = change(shipped)
    .replace('/var/cache/nginx/newsstand', join(root, 'files'))
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('127.0.0.1:3000', new URL(newsstand.url).host)
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  writeInto(
    root,
    'nginx.conf',
    `${user} daemon off; pid ${root}/pid; error_log ${root}/error.log; events {}
http { access_log off; client_body_temp_path ${root}/body; proxy_temp_path ${root}/proxy;
fastcgi_temp_path ${root}/fastcgi; uwsgi_temp_path ${root}/uwsgi; scgi_temp_path ${root}/scgi; ${site} }`,
  )
  const child: ChildProcess = spawn(await nginx, ['-c', join(root, 'nginx.conf')], {
    stdio: 'ignore',
  })
  onTestFinished(async () => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill()
    await ended
  })
  const url = `http://127.0.0.1:${port}`
  await until(
    () =>
      ask(`${url}/healthz`).then(
        ({ status }) => status === 200,
        () => false,
      ),
    'nginx',
  )
  return url
}

async function addArticle(newsstand: Newsstand): Promise<void> {
  newsstand.write(
    'c.txt',
    page({ title: 'A third story', body: 'New words.', date: 'May 5, 2024' }),
  )
  await until(async () => (await newsstand.text('/rss.xml')).includes('A third story'))
}

describe('deploy/nginx.conf', () => {
  it('lets a delta through, and keeps it for nobody', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${await startNginx(newsstand)}/rss.xml`
    const old = await ask(url)
    const etag = String(old.headers.etag)
    await addArticle(newsstand)
    const asked = { 'A-IM': 'feed', 'If-None-Match': etag }
    const delta = await ask(url, asked)
    expect(delta.status).toBe(226)
    expect(delta.headers.im).toBe('feed')
    expect(delta.body.toString().match(/<item>/g)).toHaveLength(1)
    expect(delta.body.toString()).toContain('A third story')
    const now = String(delta.headers.etag)
    expect((await ask(url, { ...asked, 'If-None-Match': now })).status).toBe(304)
    const again = await ask(url)
    expect(cached(again)).toBe('HIT')
    expect(again.body.equals(old.body)).toBe(true)
  })

  it('lets what is sent to the hub through, and keeps none of what that answers', async () => {
    const newsstand = await startNewsstand(files)
    const site = await startNginx(newsstand, (text) => text.replace(/(X-Cache .*);/, '$1 always;'))
    const toHub = async (url: string, method: string) => {
      const body = method === 'POST' ? new URLSearchParams({ 'hub.mode': 'dance' }) : null
      const answer = await fetch(`${url}/hub`, { method, body })
      expect(answer.headers.get('x-cache')).not.toBe('HIT')
      return [answer.status, await answer.text()]
    }
    for (const method of ['POST', 'GET', 'POST', 'GET']) {
      expect(await toHub(site, method)).toEqual(await toHub(newsstand.url, method))
    }
  })

  it('answers ordinary polls and feedparser’s from the cache, with 304 too', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${await startNginx(newsstand)}/rss.xml`
    const first = await ask(url)
    expect(cached(first)).toBe('MISS')
    const known = { 'If-None-Match': String(first.headers.etag) }
    const feedparser = { 'A-IM': 'feed', 'User-Agent': 'feedparser/6.0.10 +https://x.example/' }
    await addArticle(newsstand)
    for (const headers of [known, { ...known, ...feedparser }]) {
      const answer = await ask(url, headers)
      expect(answer.status).toBe(304)
      expect(cached(answer)).toBe('HIT')
    }
    const other = await ask(url, { ...feedparser, 'If-None-Match': '"other"' })
    expect(other.status).toBe(200)
    expect(cached(other)).toBe('HIT')
    expect((await ask(url, { 'If-Match': '"other"' })).status).toBe(412)
  })

  it('asks with what it has when that is too old', async () => {
    const newsstand = await startNewsstand(files)
    const asUsual = (site: string) =>
      site.replace(
        'proxy_ignore_headers Vary;',
        'proxy_ignore_headers Vary Cache-Control; proxy_cache_valid 200 1s;',
      )
    const url = `${await startNginx(newsstand, asUsual)}/rss.xml`
    await ask(url)
    const answers304 = async () => {
      const text = await (await fetch(`${newsstand.adminUrl}/metrics`)).text()
      return /^newsstand_requests_total\{.*status="304".*\} [1-9]/m.test(text)
    }
    expect(await answers304()).toBe(false)
    await until(async () => (await ask(url)).status === 200 && (await answers304()))
  })

  it('gives people the page and programs the feed, however headers are written', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${await startNginx(newsstand)}/rss.xml`
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    const person = { Accept: accept, 'Upgrade-Insecure-Requests': '1' }
    // Which of two headers counts differs between versions of nginx: either answer will do, but it must not
    // be kept for others.
    const twice: readonly Record<string, string | string[]>[] = [
      { ...person, 'Sec-Fetch-Dest': ['document', 'empty'] },
      { ...person, 'Upgrade-Insecure-Requests': ['1', '1'] },
    ]
    const asked: readonly (readonly [Record<string, string>, 'html' | 'xml'])[] = [
      // What looks like a browser to one of the two must not be kept as the answer for browsers.
      [{ Accept: accept, 'Sec-Fetch-Dest': 'DOCUMENT' }, 'xml'],
      [{ Accept: accept, 'Sec-Fetch-Dest': 'document, document' }, 'xml'],
      [{ Accept: accept, 'Upgrade-Insecure-Requests': '1|text/html' }, 'xml'],
      [{ ...person, 'Sec-Fetch-Dest': `|1|${accept}` }, 'xml'],
      [{ Accept: accept }, 'xml'],
      [{ Accept: 'text/html, image/gif, image/jpeg, */*; q=0.2' }, 'xml'],
      [{ ...person, 'Sec-Fetch-Dest': 'document' }, 'html'],
      [{ ...person, 'Sec-Fetch-Dest': '' }, 'html'],
      [person, 'html'],
    ]
    for (const headers of twice) expect((await ask(url, headers)).status).toBe(200)
    for (const [headers, kind] of [...asked, ...asked.toReversed()]) {
      const answer = await ask(url, headers)
      expect(answer.headers['content-type'], JSON.stringify(headers)).toContain(kind)
    }
  })

  it('keeps nothing that the headers of one client have made', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${await startNginx(newsstand)}/rss.xml`
    const whole = await newsstand.text('/rss.xml')
    const asked = [
      { 'A-IM': '0' },
      { 'A-IM': 'feed;q=0' },
      { 'A-IM': 'feed' },
      { 'If-Match': '0' },
      { 'If-Match': '"other"' },
      { 'If-Unmodified-Since': '0' },
      { Range: 'bytes=0-3' },
    ]
    for (const headers of asked) {
      const address = `${url}?${encodeURIComponent(JSON.stringify(headers))}`
      await ask(address, { ...headers, 'If-None-Match': '*' })
      const { status, body } = await ask(address)
      expect([status, body.toString()], JSON.stringify(headers)).toEqual([200, whole])
    }
  })

  it('leaves it to Newsstand whether a client’s conditions hold', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${await startNginx(newsstand)}/rss.xml`
    const etag = String((await ask(url)).headers.etag)
    await addArticle(newsstand)
    const now = String((await newsstand.get('/rss.xml')).headers.get('etag'))
    const plain = now.replace(/-[a-z]+"$/, '"')
    const delta = { 'A-IM': 'feed', 'If-None-Match': etag }
    const unchanged = 'Mon, 01 Jan 2001 00:00:00 GMT'
    expect((await ask(url, delta)).status).toBe(226)
    expect((await ask(url, { ...delta, 'If-Match': '"other"' })).status).toBe(412)
    expect((await ask(url, { ...delta, 'If-Unmodified-Since': unchanged })).status).toBe(412)
    expect((await ask(url, { 'If-Unmodified-Since': unchanged })).status).toBe(412)
    const coded = await ask(url, { 'If-Match': plain, 'Accept-Encoding': 'gzip' })
    expect(coded.status).toBe(200)
    const refused = { 'If-Match': plain, 'If-None-Match': plain }
    expect((await ask(url, refused)).status).toBe(304)
  })

  it('takes no header for a part of the address', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${await startNginx(newsstand)}/search/rss.xml?q=`
    await until(async () => (await newsstand.get('/search/rss.xml?q=second')).status === 200)
    await ask(`${url}second`, { 'Accept-Encoding': 'nosuchword|identity' })
    const other = await ask(`${url}second|nosuchword`, { 'Accept-Encoding': 'identity' })
    expect(cached(other)).toBe('MISS')
    expect(other.body.toString()).not.toContain('<item>')
  })

  it('gives the page to whoever gets it from Newsstand, and to no other', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${await startNginx(newsstand)}/rss.xml`
    const accepted = ['text/*;q=0.9,text/xml;q=0.1', 'text/html;q=0, */*', 'text/html', '*/*', '']
    const asked = ['1', '0'].flatMap((upgrade) =>
      accepted.map((Accept) => ({ Accept, 'Upgrade-Insecure-Requests': upgrade })),
    )
    for (const headers of [...asked, ...asked.toReversed()]) {
      const { headers: given } = await ask(url, headers)
      const { headers: wanted } = await ask(`${newsstand.url}/rss.xml`, headers)
      expect(given['content-type'], JSON.stringify(headers)).toBe(wanted['content-type'])
    }
  })

  // Whoever knows nothing of us has the address as the key, and lets Vary do the rest.
  const plain = (site: string) =>
    site
      .replace(/^map .*?^}$/gms, '')
      .replace(/proxy_cache_key .*/, 'proxy_cache_key $scheme$host$request_uri;')
      .replace('proxy_ignore_headers Vary;', '')
      .replace(/^.*\$newsstand_.*$/gm, '')

  it.each([
    ['as it is', (site: string) => site],
    ['without what it knows of Newsstand', plain],
  ])('gives everyone what Newsstand would, in any coding and order: %s', async (_, change) => {
    const newsstand = await startNewsstand(files)
    const url = await startNginx(newsstand, change)
    const random = randomFrom(1)
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'
    const readers = ['*/*', 'application/rss+xml, text/html;q=0.5', 'application/xml', browser]
    let hits = 0
    for (let n = 0; n < 600; n += 1) {
      const isPerson = random.between(1, 5) === 1
      const headers = {
        Accept: isPerson ? browser : random.pick(readers),
        'Accept-Encoding': random.pick(['identity', 'gzip', 'gzip, deflate, br', 'br', 'zstd']),
        ...(isPerson && { 'Sec-Fetch-Dest': 'document' }),
        ...(random.between(1, 3) === 1 && { 'Accept-Language': 'tr' }),
      }
      const path = `/${random.pick(['rss.xml', 'atom.xml', 'feed.json'])}`
      const given = await ask(url + path, headers)
      const wanted = await ask(newsstand.url + path, headers)
      // Newsstand may answer at once in a coding that costs less, and have the better one later.
      expect(decoded(given) === decoded(wanted), JSON.stringify(headers)).toBe(true)
      const { 'content-encoding': coding = 'identity' } = given.headers
      expect(headers['Accept-Encoding']).toContain(coding)
      if (cached(given) === 'HIT') hits += 1
    }
    expect(hits).toBeGreaterThan(200)
  })

  it('gives what is too old for as long as Newsstand allows, and not for longer', async () => {
    const newsstand = await startNewsstand(files)
    const port = await freePort()
    // Newsstand itself allows a minute and another at least.
    const inHaste = (site: string) => `${site.replace('127.0.0.1:3000', `127.0.0.1:${port}`)}
      server { listen 127.0.0.1:${port}; location / { proxy_pass ${newsstand.url};
      proxy_hide_header Cache-Control; add_header Cache-Control "max-age=1, stale-while-revalidate=2"; } }`
    const url = `${await startNginx(newsstand, inHaste)}/rss.xml`
    await until(async () => cached(await ask(url)) === 'STALE')
    await addArticle(newsstand)
    // Nothing tells when it is over, and whoever asked before would have it brought up to date.
    await sleep(5000)
    expect((await ask(url)).body.toString()).toContain('A third story')
  })

  it('gives what it has while Newsstand is down, for want of a delta too', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${await startNginx(newsstand)}/rss.xml`
    const whole = await ask(url)
    const etag = String(whole.headers.etag)
    await newsstand.stop()
    for (const headers of [{}, { 'A-IM': 'feed', 'If-None-Match': '"other"' }]) {
      const answer = await ask(url, headers)
      expect(answer.status).toBe(200)
      expect(answer.body.equals(whole.body)).toBe(true)
    }
    expect((await ask(url, { 'A-IM': 'feed', 'If-None-Match': etag })).status).toBe(304)
    await newsstand.start()
    await addArticle(newsstand)
    expect((await ask(url, { 'A-IM': 'feed', 'If-None-Match': etag })).status).toBe(226)
  })
})
