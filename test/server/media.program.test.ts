/** Files beside the articles, as players, browsers and readers ask for them. */
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { until } from '../support/until.ts'
import { content, drawing, paragraph, relation, type WordParts, wordFile } from '../support/word.ts'

const film = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 256))
const text = (body: string, matter = '') =>
  `---\ntitle: A\ndate: 2026-04-13\n${matter}---\n${body}\n`

const files = {
  'a.md': text('<video src="film.mp4"></video>\n\n[Report](report.pdf)\n\n![Gone](gone.png)'),
  'film.mp4': film,
  'Film.WEBM': film,
  'film.m4v': film,
  'film.mov': film,
  'talk.m4a': film,
  'report.pdf': '%PDF-1.4',
  'page.html.png': '<script>alert(1)</script>',
  'dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  'dot.svgz': film,
  'letters.woff2': 'wOF2',
  'demo.cast': '{"version": 2, "width": 80, "height": 24}',
  'static/page.html': text('<script>alert(1)</script>'),
  'static/data.xml': '<a/>',
  'static/data.json': '{}',
  'static/style.css': 'a {}',
}

describe('a file beside an article', () => {
  it.each([
    ['film.mp4', 'video/mp4'],
    ['Film.WEBM', 'video/webm'],
    ['film.m4v', 'video/x-m4v'],
    ['film.mov', 'video/quicktime'],
    ['talk.m4a', 'audio/mp4'],
    ['report.pdf', 'application/pdf'],
    ['page.html.png', 'image/png'],
    ['dot.svg', 'image/svg+xml'],
    ['demo.cast', 'application/x-asciicast'],
    ['letters.woff2', 'font/woff2'],
  ])('is served with its type, and nothing in it runs: %s', async (name, type) => {
    const newsstand = await startNewsstand(files)
    const { status, headers } = await ask(`${newsstand.url}/media/${name}`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe(type)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('script-src')
    const [, ending = ''] = name.split('.')
    const shown: Record<string, string> = { pdf: 'inline', cast: 'attachment' }
    expect(headers['content-disposition']).toBe(shown[ending])
  })

  it('that is a drawing belongs to no site, and may be embedded by any page', async () => {
    const { url } = await startNewsstand(files)
    const { headers } = await ask(`${url}/media/dot.svg`)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
    )
    expect(headers['cross-origin-resource-policy']).not.toBe('same-origin')
    const { etag = '' } = headers
    expect((await ask(`${url}/media/dot.svg`, { 'If-None-Match': etag })).status).toBe(304)
    expect((await ask(`${url}/media/dot.svg`, { Range: 'bytes=0-3' })).body.toString()).toBe('<svg')
  })

  it('is served in parts, and not at all to those who have it', async () => {
    const newsstand = await startNewsstand(files)
    const url = `${newsstand.url}/media/film.mp4`
    const whole = await ask(url)
    const etag = whole.headers.etag ?? ''
    expect(whole.headers['accept-ranges']).toBe('bytes')
    expect(whole.body).toEqual(film)

    const part = await ask(url, { Range: 'bytes=100-199' })
    expect(part.status).toBe(206)
    expect(part.headers['content-range']).toBe('bytes 100-199/1000')
    expect(part.body).toEqual(film.subarray(100, 200))
    expect((await ask(url, { Range: 'bytes=-10' })).body).toEqual(film.subarray(990))
    expect((await ask(url, { Range: 'bytes=0-' })).status).toBe(206)
    expect((await ask(url, { Range: 'bytes=1000-' })).status).toBe(416)

    expect((await ask(url, { 'If-None-Match': etag })).status).toBe(304)
    expect((await ask(url, { Range: 'bytes=0-9', 'If-Range': etag })).status).toBe(206)
    newsstand.write('film.mp4', film.subarray(1))
    expect((await ask(url, { Range: 'bytes=0-9', 'If-Range': etag })).status).toBe(200)
  })

  it('is served in parts as RFC 9110 has it, however long they are said to be', async () => {
    const newsstand = await startNewsstand({ ...files, 'empty.mp4': '' })
    const url = `${newsstand.url}/media/film.mp4`
    for (const range of ['bytes=-999999', 'bytes=0-999999', 'bytes= -1000', 'bytes=-1001 ']) {
      const { status, headers, body } = await ask(url, { Range: range })
      expect(status, range).toBe(206)
      expect(headers['content-range'], range).toBe('bytes 0-999/1000')
      expect(body).toEqual(film)
    }
    for (const range of ['bytes=-0', 'bytes=1000-1001']) {
      const { status, headers } = await ask(url, { Range: range })
      expect(status, range).toBe(416)
      expect(headers['content-range'], range).toBe('bytes */1000')
    }
    // What is none, and several that are not one, is the whole file.
    for (const range of ['bytes=0-9,20-29', 'bytes=a-b', 'bytes=9-1,-', 'lines=1-2', 'bytes=--5']) {
      expect((await ask(url, { Range: range })).status, range).toBe(200)
    }
    expect((await ask(url, { Range: 'bytes=0-9,-999999' })).body).toEqual(film)
    expect((await ask(`${newsstand.url}/media/empty.mp4`, { Range: 'bytes=-5' })).status).toBe(200)

    const { etag = '', 'last-modified': modified = '' } = (await ask(url)).headers
    expect(etag).toMatch(/^"/)
    const since = async (known: string) =>
      (await ask(url, { Range: 'bytes=-999999', 'If-Range': known })).status
    expect([await since(etag), await since('"other"'), await since(modified)]).toEqual([
      206, 200, 206,
    ])
  })

  it('is served whole to whom a part of it would be of no use', async () => {
    const { url: site } = await startNewsstand(files)
    const url = `${site}/media/film.mp4`
    const { etag = '' } = (await ask(url)).headers
    const statusOf = async (headers: Record<string, string>, method = 'GET') =>
      (await ask(url, headers, method)).status
    const range = 'bytes=0-9'
    expect(await statusOf({ Range: range, 'If-Range': `W/${etag}` })).toBe(200)
    const head = await ask(url, { Range: range }, 'HEAD')
    expect([head.status, head.headers['content-length']]).toEqual([200, '1000'])
    expect(await statusOf({ Range: 'bytes=5000-' }, 'HEAD')).toBe(200)
    for (const wrong of ['bytes=0 - 1', 'bytes=- 5', 'bytes=0- 1', 'bytes=0 -1']) {
      expect(await statusOf({ Range: wrong }), wrong).toBe(200)
    }
    for (const right of ['bytes=0-9 ', 'bytes= 0-9', 'bytes=0-9, 5-12']) {
      expect(await statusOf({ Range: right }), right).toBe(206)
    }
  })

  it('is not served where another version is wanted, nor the one that is known weakly', async () => {
    const { url: site } = await startNewsstand(files)
    const url = `${site}/media/film.mp4`
    const { etag = '' } = (await ask(url)).headers
    const statusOf = async (tags: string) => (await ask(url, { 'If-Match': tags })).status
    for (const tags of [`W/${etag}`, `"other", W/${etag}`, '"other"', 'W/"other"']) {
      expect(await statusOf(tags), tags).toBe(412)
    }
    for (const tags of [etag, `W/${etag}, ${etag}`, '*']) {
      expect(await statusOf(tags), tags).toBe(200)
    }
    expect((await ask(url, { 'If-None-Match': `W/${etag}` })).status).toBe(304)
  })

  it('is what a link leads to, by its own name', async () => {
    const newsstand = await startNewsstand({
      ...files,
      'draft.md': text('Not yet.', 'draft: true\n'),
      '.hidden/a.png': film,
      '.secret.png': film,
      'img/pier.png': film,
      'folder.png/inner.png': film,
      'b.md': text('[One](one.pdf), [two](two.pdf)', 'title: B\n').replace('title: A\n', ''),
    })
    const outside = temporaryFolder({ 'other.png': film })
    const link = (target: string, name: string) =>
      symlinkSync(target, join(newsstand.articlesDir, name))
    link('a.md', 'one.pdf')
    link('report.pdf', 'two.pdf')
    link('draft.md', 'draft.pdf')
    link('.secret.png', 'open.png')
    link('.hidden', 'shown')
    link('img', 'pictures')
    link('two.pdf', 'three.pdf')
    link('folder.png', 'folder.pdf')
    link(join(outside, 'other.png'), 'other.png')
    link(outside, 'outside')
    link('.', 'loop')
    const statusOf = async (path: string) => (await ask(`${newsstand.url}/media/${path}`)).status
    for (const path of [
      ...['one.pdf', 'draft.pdf', 'open.png', 'shown/a.png', '.hidden/a.png', 'folder.pdf'],
      ...['folder.png', 'other.png', 'outside/other.png', 'loop/one.pdf', 'loop/.secret.png'],
    ]) {
      expect(await statusOf(path), path).toBe(404)
    }
    for (const path of [
      ...['two.pdf', 'three.pdf', 'pictures/pier.png', 'folder.png/inner.png', 'loop/two.pdf'],
    ]) {
      expect(await statusOf(path), path).toBe(200)
    }
    newsstand.write('b.md', text('[One](one.pdf), [two](two.pdf) again'))
    await until(async () => (await newsstand.text('/feed.json')).includes('again'))
    const feed = await newsstand.text('/feed.json')
    expect(feed).toContain('/media/two.pdf')
    expect(feed).not.toContain('one.pdf')
  })

  it('is not served where it is no picture, recording, film, PDF or font for the web', async () => {
    const newsstand = await startNewsstand(files)
    for (const path of ['dot.svgz', 'a.md', ...Object.keys(files).slice(-4)]) {
      expect((await ask(`${newsstand.url}/media/${path}`)).status, path).toBe(404)
    }
  })

  it('that is a download is served where a page links to it, to be saved', async () => {
    const zip = Buffer.from('PK\u0003\u0004 and a <script>alert(1)</script>')
    const newsstand = await startNewsstand({
      'a.md': text('[Tool](/files/tool.zip), [more](<files/what else.py>), ![x](img.csv)'),
      'draft.md': text('[Plan](plan.csv)', 'draft: true\n'),
      'later.md': text('[Later](later.csv)', '').replace('2026-04-13', '2999-01-01'),
      'static/files/tool.zip': zip,
      'files/what else.py': 'print(1)',
      'plan.csv': 'a;b',
      'later.csv': 'a;b',
      'img.csv': 'a;b',
      'deploy.sh': 'secret=1',
      '.env.json': '{}',
    })
    const [item] = JSON.parse(await newsstand.text('/feed.json')).items
    const url = (path: string) => `${newsstand.url}/media/${path}`
    expect(item.content_html).toContain(
      `<a href="${url('static/files/tool.zip')}">Tool</a>, <a href="${url('files/what%20else.py')}">more</a>`,
    )
    const { status, headers, body } = await ask(url('static/files/tool.zip'))
    expect(status).toBe(200)
    expect(body).toEqual(zip)
    expect(headers['content-type']).toBe('application/zip')
    expect(headers['content-disposition']).toBe('attachment')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect((await ask(url('files/what%20else.py'))).status).toBe(200)
    for (const path of [
      ...['plan.csv', 'later.csv', 'img.csv', 'deploy.sh', '.env.json'],
      ...['static/../plan.csv', '%2e%2e/a.zip', '%.zip'],
    ]) {
      expect((await ask(url(path))).status, path).toBe(404)
    }
    newsstand.write('a.md', text('No link any more.'))
    await until(async () => (await ask(url('static/files/tool.zip'))).status === 404)
  })

  it('that is a download is looked for anew each time, and is not public for being talked of', async () => {
    const newsstand = await startNewsstand({
      'a.md': text('[Tool](tool.zip), [odd](<a.png?b.csv>) and `href="/media/plan.zip"`'),
      'tool.zip': 'PK',
      'plan.zip': 'PK',
      'a.png?b.csv': 'a;b',
    })
    const url = (path: string) => `${newsstand.url}/media/${path}`
    const { status, headers } = await ask(url('tool.zip'))
    expect([status, headers['cache-control']]).toEqual([200, 'no-cache'])
    const known = { 'If-None-Match': headers.etag ?? '' }
    expect((await ask(url('tool.zip'), known)).status).toBe(304)
    expect((await ask(url('a.png%3Fb.csv'))).status).toBe(200)
    expect((await ask(url('plan.zip'))).status).toBe(404)
    newsstand.write('a.md', text('See `src="/media/plan.zip"`.'))
    await until(async () => (await ask(url('tool.zip'), known)).status === 404)
    expect((await ask(url('plan.zip'))).status).toBe(404)
  })

  it('that is a download is served where a page links to it by the whole address of the site', async () => {
    const newsstand = await startNewsstand({
      'tool box.zip': 'PK',
      'plan.zip': 'PK',
      'dot.svg': '',
    })
    const url = `${newsstand.url}/media/tool%20box.zip`
    const others = '[b](https://other.example/media/plan.zip)'
    newsstand.write('a.md', text(`[Tool](${url}?v=1), ${others}`))
    await until(async () => (await ask(url)).status === 200)
    expect((await ask(`${newsstand.url}/media/plan.zip`)).status).toBe(404)
  })

  it('is a drawing by the end of its name alone', async () => {
    const drawing = files['dot.svg']
    const newsstand = await startNewsstand({
      'x.png#.svg': drawing,
      'x.png?.svg': drawing,
      'd.png#/x.svg': drawing,
    })
    for (const path of ['x.png%23.svg', 'x.png%3F.svg', 'd.png%23/x.svg']) {
      const { headers } = await ask(`${newsstand.url}/media/${path}`)
      expect(headers['content-security-policy'], path).toMatch(/; sandbox$/)
    }
  })

  it('that a link leads to is given away by no other name than its own', async () => {
    const newsstand = await startNewsstand({
      'a.md': text('[Table](table.csv), [file](named.csv)'),
      'secret.zip': 'PK',
      'secret.csv': 'a;b',
      'table.csv': 'a;b',
    })
    const link = (target: string, path: string) =>
      symlinkSync(target, join(newsstand.articlesDir, path))
    link('secret.zip', 'pic.png')
    link('secret.csv', 'report.pdf')
    link('table.csv', 'other.csv')
    link('secret.csv', 'named.csv')
    newsstand.write('b.md', text('Another. [file](named.csv)'))
    await until(async () => (await ask(`${newsstand.url}/media/named.csv`)).status === 200)
    const status = async (path: string) => (await ask(`${newsstand.url}/media/${path}`)).status
    expect(await status('table.csv')).toBe(200)
    expect(await status('other.csv')).toBe(200)
    for (const path of ['pic.png', 'report.pdf', 'secret.zip', 'secret.csv']) {
      expect(await status(path), path).toBe(404)
    }
  })

  it('is what the feeds and the page of the article lead to', async () => {
    const newsstand = await startNewsstand(files)
    const media = `${newsstand.url}/media/`
    expect(await newsstand.text('/rss.xml')).toContain(
      `<enclosure url="${media}film.mp4" type="video/mp4" length="1000"/>`,
    )
    const [item] = JSON.parse(await newsstand.text('/feed.json')).items
    expect(item.attachments).toEqual([
      { url: `${media}film.mp4`, mime_type: 'video/mp4', size_in_bytes: 1000 },
    ])
    expect(item.content_html).toContain(`<a href="${media}report.pdf">Report</a>`)
    const page = await newsstand.text(new URL(item.url).pathname)
    expect(page.match(/<video /g)).toHaveLength(1)
    expect(page).toContain('<a href="/media/report.pdf">Report</a>')
    expect(page).toContain('<p>Gone</p>')
  })

  it('is shown as a film above an article that states one', async () => {
    const newsstand = await startNewsstand({
      'a.md': text('Text.', 'audio: film.mp4\n'),
      'film.mp4': film,
    })
    const [item] = JSON.parse(await newsstand.text('/feed.json')).items
    const page = await newsstand.text(new URL(item.url).pathname)
    expect(page).toContain('<video controls preload="none" src="/media/film.mp4"></video>')
  })
})

describe('a picture in a Word document', () => {
  const png = (n: number) =>
    Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(5000, n)])
  const document = (n: number, parts: Partial<WordParts> = {}) =>
    wordFile({
      body: paragraph('Text.') + content(`<w:r>${drawing('p1', 'A boat')}</w:r>`),
      relations: relation('p1', 'image', 'media/image1.png'),
      others: [
        { name: 'word/media/image1.png', content: png(n) },
        // Cut out of the text, and still in the document.
        { name: 'word/media/image2.png', content: png(n) },
        { name: 'docProps/thumbnail.jpeg', content: png(n) },
      ],
      ...parts,
    })
  const path = '/media/a%20b/crane.docx/word/media/image1.png'

  it('is served out of it, always whole, and changes and goes with it', async () => {
    const newsstand = await startNewsstand({ 'a b/crane.docx': document(1) })
    const url = newsstand.url + path
    expect(await newsstand.text('/rss.xml')).toContain(`src="${url}"`)
    const whole = await ask(url)
    expect(whole).toMatchObject({ status: 200, body: png(1) })
    expect(whole.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': '5008',
      'x-content-type-options': 'nosniff',
    })
    expect(whole.headers['content-security-policy']).toContain("default-src 'none'")
    const etag = whole.headers.etag ?? ''
    expect((await ask(url, { 'If-None-Match': etag })).status).toBe(304)
    expect((await ask(url, { 'If-Match': '"x"' })).status).toBe(412)
    expect((await ask(url, { 'If-Match': etag, Range: 'bytes=-8' })).body).toEqual(png(1))

    newsstand.write('a b/crane.docx', document(2))
    expect(await ask(url, { 'If-None-Match': etag })).toMatchObject({ status: 200, body: png(2) })
    newsstand.remove('a b/crane.docx')
    expect((await ask(url)).status).toBe(404)
  })

  it('is all that is served of it', async () => {
    const newsstand = await startNewsstand({
      'a b/crane.docx': document(1),
      '.hidden/a.docx': document(1),
      'c.docx': 'no zip',
      '_drafts/e.docx': document(1),
      '2999-01-02-f.docx': document(1),
    })
    for (const other of [
      'a%20b/crane.docx',
      'a%20b/crane.docx/docProps/thumbnail.jpeg',
      'a%20b/crane.docx/word/document.xml',
      'a%20b/crane.docx/word/media/image2.png',
      'a%20b/crane.docx/word/media/../media/x.png',
      '.hidden/a.docx/word/media/image1.png',
      'c.docx/word/media/image1.png',
      'd.docx/word/media/image1.png',
      '_drafts/e.docx/word/media/image1.png',
      '2999-01-02-f.docx/word/media/image1.png',
      '../a.docx/word/media/image1.png',
    ]) {
      expect((await ask(`${newsstand.url}/media/${other}`)).status, other).toBe(404)
    }
  })

  it('is asked for later while its document is being written, or is damaged', async () => {
    const cut = document(1).subarray(0, 900)
    const lying = document(1, {
      others: [{ name: 'word/media/image1.png', content: png(1), statedSize: 100 }],
    })
    const newsstand = await startNewsstand({ 'a b/crane.docx': document(1) })
    for (const bytes of [cut, lying]) {
      newsstand.write('a b/crane.docx', bytes)
      const answer = await ask(newsstand.url + path)
      expect(answer.status).toBe(503)
      expect(answer.headers['retry-after']).toBe('5')
    }
  })

  it('is unpacked for many at once, and found once among thousands', async () => {
    const others = Array.from({ length: 4000 }, (_, n) => ({
      name: `word/media/image${n + 1}.png`,
      content: png(1),
    }))
    const newsstand = await startNewsstand({ 'a b/crane.docx': document(1, { others }) })
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(newsstand.url + path)))
    for (const { status, body } of answers) {
      expect(status).toBe(200)
      expect(body).toEqual(png(1))
    }
  })

  it('stays with the last good version of a document that is half written', async () => {
    const newsstand = await startNewsstand({ 'crane.docx': document(1), 'z.md': text('z') })
    newsstand.write('crane.docx', document(1).subarray(0, 900))
    await until(async () =>
      (await (await fetch(`${newsstand.adminUrl}/status`)).text()).includes('cut off'),
    )
    expect(await newsstand.text('/feed.json')).toContain('The headline')
  })
})
