/** Files beside the articles, as players, browsers and readers ask for them. */
import { describe, expect, it } from 'vitest'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'

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
  ])('is served with its type, and nothing in it runs: %s', async (name, type) => {
    const newsstand = await startNewsstand(files)
    const { status, headers } = await ask(`${newsstand.url}/media/${name}`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe(type)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('script-src')
    expect(headers['content-disposition']).toBe(name.endsWith('.pdf') ? 'inline' : undefined)
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

  it('is not served where it may carry script, or is no picture, recording, film or PDF', async () => {
    const newsstand = await startNewsstand(files)
    for (const path of ['dot.svg', 'a.md', ...Object.keys(files).slice(-4)]) {
      expect((await ask(`${newsstand.url}/media/${path}`)).status, path).toBe(404)
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
