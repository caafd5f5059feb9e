/** Pictures of the articles folder in sizes that fit, from real pictures, asked for over real HTTP. */
import { cpSync, existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type express from 'express'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { createNewsstand } from '../../src/index.ts'
import { temporaryFolder } from '../support/folder.ts'
import { type Answer, ask } from '../support/http.ts'
import { type Newsstand, startNewsstand } from '../support/newsstand.ts'
import { photograph } from '../support/photograph.ts'
import { serve } from '../support/serve.ts'
import { until } from '../support/until.ts'
import { copyWithoutSharp } from '../support/without-sharp.ts'

const express4: typeof express = createRequire(import.meta.url)('express4')

const article = (image: string, body = 'Text.') =>
  `---\ntitle: The pier\ndate: 2026-04-13\nimage: ${image}\n---\n${body}\n`

let pier: Buffer
beforeAll(async () => {
  pier = await photograph(4000, 3000).jpeg({ quality: 90 }).toBuffer()
})

const sizeOf = async ({ body }: Answer) => {
  const { width, height, format } = await sharp(body).metadata()
  return { width, height, format }
}

/** What was made, as names below DATA_DIR/pictures. */
function madeIn({ dataDir }: Newsstand): string[] {
  const folder = join(dataDir, 'pictures')
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort()
}

/** The processes that a program has started. */
function childrenOf({ pid }: Pick<Newsstand, 'pid'>): string[] {
  const threads = readdirSync(`/proc/${pid()}/task`)
  return threads.flatMap((thread) => {
    try {
      const text = readFileSync(`/proc/${pid()}/task/${thread}/children`, 'utf8')
      return text.split(' ').filter((one) => one !== '')
    } catch {
      return []
    }
  })
}

describe('a picture in a size that fits', () => {
  it('is made when it is asked for, as AVIF and WebP, and has what other media have', async () => {
    const newsstand = await startNewsstand({ 'a.md': article('pier.jpg'), 'pier.jpg': pier })
    const url = `${newsstand.url}/media/pier.jpg`
    for (const [format, read] of [
      ['avif', 'heif'],
      ['webp', 'webp'],
    ] as const) {
      const answer = await ask(`${url}?width=640&as=${format}`)
      expect(answer.status).toBe(200)
      expect(answer.headers['content-type']).toBe(`image/${format}`)
      expect(await sizeOf(answer)).toEqual({ width: 640, height: 480, format: read })
      expect(answer.body.length).toBeLessThan(pier.length / 10)
      const { etag = '', 'last-modified': modified = '' } = answer.headers
      expect(etag).toMatch(/^"/)
      expect(answer.headers['cache-control']).toBe('public, max-age=3600')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
      const again = async (headers: Record<string, string>, method = 'GET') =>
        ask(`${url}?width=640&as=${format}`, headers, method)
      expect((await again({ 'If-None-Match': etag })).status).toBe(304)
      expect((await again({ 'If-Modified-Since': modified })).status).toBe(304)
      expect((await again({ 'If-Match': '"other"' })).status).toBe(412)
      const head = await again({}, 'HEAD')
      expect(head.headers['content-length']).toBe(String(answer.body.length))
    }
    const itself = await ask(url)
    expect(itself.body.equals(pier)).toBe(true)
    expect(madeIn(newsstand)).toHaveLength(2)
  })

  it('is offered by pages for the lead, thumbnails and pictures in the text, and to browsers alone', async () => {
    const newsstand = await startNewsstand({
      'a.md': article('pier.jpg', 'Text.\n\n![Boats](img/small%20boats.png)'),
      'b.md': article('pier.jpg').replace('04-13', '04-12').replace('pier\n', 'other pier\n'),
      'pier.jpg': pier,
      'img/small boats.png': await photograph(300, 200).png().toBuffer(),
    })
    const front = await newsstand.text('/')
    const [lead = '', thumbnail = ''] = front.match(/<picture>.*?<\/picture>/g) ?? []
    const widest = (part: string) =>
      [...part.matchAll(/ (\d+)w/g)].map(([, width]) => Number(width))
    expect(Math.max(...widest(lead))).toBe(1920)
    expect(Math.max(...widest(thumbnail))).toBe(640)
    expect(thumbnail).toContain('loading="lazy"')
    for (const part of [lead, thumbnail]) {
      expect(part).toContain('<img src="/media/pier.jpg" alt="" width="4000" height="3000"')
      expect(part.indexOf('image/avif')).toBeLessThan(part.indexOf('image/webp'))
    }
    for (const [, path = ''] of front.matchAll(/(\/media\/\S+?as=avif)/g)) {
      const { headers } = await ask(newsstand.url + path.replaceAll('&amp;', '&'))
      expect(headers['content-type']).toBe('image/avif')
    }
    const path = /href="(\/articles\/the-pier[^"]*)/.exec(front)?.[1] ?? ''
    const page = await newsstand.text(path)
    const boats = '/media/img/small%20boats.png'
    expect(page).toContain(
      `srcset="${boats}?width=640&amp;as=webp 640w, ${boats}?width=1280&amp;as=webp 1280w" sizes="300px"`,
    )
    expect(page).toContain(
      `<img src="${boats}" alt="Boats" width="300" height="200" loading="lazy" />`,
    )
    for (const feed of ['/rss.xml', '/atom.xml', '/feed.json']) {
      const text = await newsstand.text(feed)
      expect(text).toContain('/media/pier.jpg')
      expect(text).not.toContain('as=')
    }
    // It is as wide as it is: no size that is wider is asked for.
    const small = await ask(`${newsstand.url}/media/img/small%20boats.png?width=1280&as=webp`)
    expect(await sizeOf(small)).toEqual({ width: 300, height: 200, format: 'webp' })
  })

  it('stands as the camera was held, and pages know its sides', async () => {
    const turned = await photograph(1200, 800).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    const newsstand = await startNewsstand({ 'a.md': article('turned.jpg'), 'turned.jpg': turned })
    expect(await newsstand.text('/')).toContain('width="800" height="1200"')
    expect(await newsstand.text('/rss.xml')).toContain('width="800" height="1200"')
    const answer = await ask(`${newsstand.url}/media/turned.jpg?width=320&as=webp`)
    expect(await sizeOf(answer)).toEqual({ width: 320, height: 480, format: 'webp' })
    expect((await sharp(answer.body).metadata()).exif).toBeUndefined()
  })

  it('is what is asked for, whatever else stands in the address', async () => {
    const newsstand = await startNewsstand({ 'a.md': article('pier.jpg'), 'pier.jpg': pier })
    const url = `${newsstand.url}/media/pier.jpg`
    for (const query of ['width=1280&x=1', 'utm_source=a&width=1280', 'width=1280&width=640&v=2']) {
      expect(await sizeOf(await ask(`${url}?${query}`)), query).toMatchObject({ width: 1280 })
    }
    const answer = await ask(`${url}?as=webp&v=1&width=320&as=avif`)
    expect(await sizeOf(answer)).toMatchObject({ width: 320, format: 'webp' })
    expect(madeIn(newsstand)).toHaveLength(2)
  })

  it('is none of a size or format that pages do not offer, nor of other files', async () => {
    const film = Buffer.alloc(1000)
    const newsstand = await startNewsstand({
      'a.md': article('pier.jpg'),
      'pier.jpg': pier,
      'film.mp4': film,
    })
    const url = `${newsstand.url}/media/pier.jpg`
    for (const query of [
      ...['width=1280&as=jpeg', 'width=1280&as=', 'width=&as=avif', 'width=641&width=640&as=avif'],
      ...['width=641&as=avif', 'width=0640&as=avif', 'width=640&as=png', 'width=640', 'as=avif'],
      ...['width=-1&as=avif', 'width=99999999&as=webp'],
    ]) {
      expect((await ask(`${url}?${query}`)).body.equals(pier), query).toBe(true)
    }
    const other = await ask(`${newsstand.url}/media/film.mp4?width=640&as=webp`)
    expect(other.body.equals(film)).toBe(true)
    expect((await ask(`${newsstand.url}/media/gone.jpg?width=640&as=webp`)).status).toBe(404)
    expect(madeIn(newsstand)).toEqual([])
    expect(childrenOf(newsstand)).toEqual([])
  })

  it('is not made of what moves, is drawn, broken, too large or small enough: that is sent as it is', async () => {
    const frames = await Promise.all(
      [10, 200].map((r) =>
        sharp({ create: { width: 400, height: 300, channels: 3, background: { r, g: 9, b: 9 } } })
          .png()
          .toBuffer(),
      ),
    )
    const moving = sharp(frames, { join: { animated: true } })
    const still = await photograph(700, 400).png().toBuffer()
    const files: Record<string, Buffer> = {
      'moving.gif': await moving.clone().gif().toBuffer(),
      'moving.webp': await moving.clone().webp().toBuffer(),
      // Its first chunk says so; the length and sum are not looked at.
      'moving.png': Buffer.concat([
        still.subarray(0, 33),
        Buffer.from([0, 0, 0, 8]),
        Buffer.from('acTL'),
        Buffer.alloc(12),
        still.subarray(33),
      ]),
      'drawn.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'drawn.png': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'cut.jpg': pier.subarray(0, 90_000),
      'text.jpg': Buffer.from('This is no picture.'),
      'huge.png': await sharp({
        create: { width: 11_000, height: 11_000, channels: 3, background: '#336' },
      })
        .png({ compressionLevel: 1 })
        .toBuffer(),
      'wide.avif': await photograph(4200, 4000).avif({ quality: 30, effort: 0 }).toBuffer(),
      'tiny.png': await photograph(4, 4).png().toBuffer(),
    }
    const newsstand = await startNewsstand({ 'a.md': article('cut.jpg'), ...files })
    for (const [name, bytes] of Object.entries(files)) {
      const { status, body } = await ask(`${newsstand.url}/media/${name}?width=1920&as=avif`)
      expect(status, name).toBe(200)
      expect(body.equals(bytes), name).toBe(true)
    }
    expect(madeIn(newsstand)).toEqual([])
    const said = newsstand.output()
    for (const name of ['cut.jpg', 'huge.png'])
      expect(said).toContain(`${name} is sent in its full`)
    await ask(`${newsstand.url}/media/cut.jpg?width=1920&as=avif`)
    expect(newsstand.output().split('cut.jpg is sent').length).toBe(2)
  })

  it('is kept over a restart, goes when the picture does, and changes with it', async () => {
    const newsstand = await startNewsstand({
      ...{ 'a.md': article('img/pier.jpg'), 'img/pier.jpg': pier, 'other.jpg': pier },
      '2.jpg': await photograph(900, 600).jpeg().toBuffer(),
    })
    const fitted = (name: string) => ask(`${newsstand.url}/media/${name}?width=320&as=webp`)
    const first = await fitted('img/pier.jpg')
    await fitted('other.jpg')
    const [made = ''] = madeIn(newsstand)
    const file = join(newsstand.dataDir, 'pictures', made)
    const long = new Date('2020-01-01')
    utimesSync(file, long, long)
    await newsstand.stop()
    newsstand.remove('other.jpg')
    await newsstand.start()
    const { ino } = statSync(file)
    const second = await fitted('img/pier.jpg')
    expect(second.body.equals(first.body)).toBe(true)
    expect(second.headers.etag).toBe(first.headers.etag)
    expect(statSync(file).ino).toBe(ino)
    // That it is used is written down, by which the oldest are told after the next restart.
    await until(() => statSync(file).mtime > long)
    await until(() => madeIn(newsstand).every((name) => !name.startsWith('other.jpg')))
    expect((await fitted('other.jpg')).status).toBe(404)

    newsstand.write('img/pier.jpg', await photograph(900, 600).jpeg().toBuffer())
    const changed = await fitted('img/pier.jpg')
    expect(await sizeOf(changed)).toMatchObject({ width: 320, height: 213 })
    expect(changed.headers.etag).not.toBe(first.headers.etag)
    await until(() => !existsSync(file))
    expect(madeIn(newsstand)).toHaveLength(1)
  })

  it('is made anew where somebody has emptied the folder, or half a file was left in it', async () => {
    const newsstand = await startNewsstand({ 'a.md': article('pier.jpg'), 'pier.jpg': pier })
    const fitted = () => ask(`${newsstand.url}/media/pier.jpg?width=320&as=webp`)
    const { body } = await fitted()
    const [name = ''] = madeIn(newsstand)
    const file = join(newsstand.dataDir, 'pictures', name)
    await newsstand.stop()
    cpSync(file, `${file}.77.tmp`)
    await newsstand.start()
    await fitted()
    await until(() => !existsSync(`${file}.77.tmp`))
    await rm(file)
    // Whoever notices gets the picture itself.
    expect((await fitted()).body.equals(pier)).toBe(true)
    await until(async () => (await fitted()).body.equals(body))
  })

  it('is made two at a time: a flood gets the pictures themselves, and feeds go on', async () => {
    const small = await photograph(900, 700).jpeg().toBuffer()
    const pictures = Array.from({ length: 100 }, (_, n) => [`${n}.jpg`, small] as const)
    const newsstand = await startNewsstand({
      'a.md': article('0.jpg'),
      ...Object.fromEntries(pictures),
    })
    const addresses = pictures.flatMap(([name]) =>
      ['avif', 'webp'].map((format) => `${newsstand.url}/media/${name}?width=640&as=${format}`),
    )
    const flood = Promise.all(addresses.map((address) => ask(address)))
    let most = 0
    let answered = 0
    let isOver = false
    void flood.finally(() => {
      isOver = true
    })
    while (!isOver) {
      expect((await newsstand.get('/rss.xml')).status).toBe(200)
      answered += 1
      most = Math.max(most, childrenOf(newsstand).length)
    }
    const answers = await flood
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    const asTheyAre = answers.filter(({ headers }) => headers['content-type'] === 'image/jpeg')
    expect(asTheyAre.length).toBeGreaterThan(0)
    for (const { headers, body } of asTheyAre) {
      expect(headers['cache-control']).toBe('no-cache')
      expect(body.equals(small)).toBe(true)
    }
    expect(most).toBe(2)
    // Had they waited for pictures it were two or three.
    expect(answered).toBeGreaterThan(20)
    await until(
      async () => (await ask(addresses.at(-1) ?? '')).headers['content-type'] === 'image/webp',
    )
  })

  it('is made for a site in another program, which is rid of all when it closes that', async () => {
    const folder = temporaryFolder({ 'a.md': article('pier.jpg'), 'pier.jpg': pier })
    const news = await createNewsstand({
      articlesDir: folder,
      dataDir: temporaryFolder(),
      baseUrl: 'https://news.example/news',
    })
    const app = express4()
    app.use('/news', news.router)
    const url = await serve(app)
    const front = (await ask(`${url}/news/`)).body.toString()
    const [, path = ''] = /srcset="(\/news\/media\/\S+?as=avif)/.exec(front) ?? []
    const answer = await ask(url + path.replaceAll('&amp;', '&'))
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/avif'])
    const own = { pid: () => process.pid }
    const isWorker = (child: string) =>
      readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('picture-worker')
    const workers = childrenOf(own).filter(isWorker)
    expect(workers).toHaveLength(1)
    await news.close()
    await until(() => workers.every((child) => !existsSync(`/proc/${child}`)))
  })

  it('needs nothing when a program starts, and dies alone', async () => {
    const newsstand = await startNewsstand({ 'a.md': article('pier.jpg'), 'pier.jpg': pier })
    await newsstand.text('/')
    const url = `${newsstand.url}/media/pier.jpg`
    await ask(url)
    expect(childrenOf(newsstand)).toEqual([])
    expect(readFileSync(`/proc/${newsstand.pid()}/maps`, 'utf8')).not.toContain('sharp')
    expect(existsSync(join(newsstand.dataDir, 'pictures'))).toBe(false)

    await ask(`${url}?width=160&as=webp`)
    const [child = ''] = childrenOf(newsstand)
    process.kill(Number(child), 'SIGSTOP')
    const asked = ask(`${url}?width=320&as=webp`)
    process.kill(Number(child), 'SIGKILL')
    expect((await asked).body.equals(pier)).toBe(true)
    expect((await ask(`${url}?width=640&as=webp`)).headers['content-type']).toBe('image/webp')
    const [other = ''] = childrenOf(newsstand)
    await newsstand.stop()
    await until(() => !existsSync(`/proc/${other}`))
  })
})

describe('without the package that makes pictures', () => {
  it('pages offer the pictures themselves, and so they are sent', async () => {
    const newsstand = await startNewsstand(
      { 'a.md': article('pier.jpg', '![Pier](pier.jpg)\n\nText.'), 'pier.jpg': pier },
      {},
      [],
      copyWithoutSharp(temporaryFolder()),
    )
    const front = await newsstand.text('/')
    expect(front).not.toContain('<picture>')
    expect(front).toContain('<img src="/media/pier.jpg" alt="" width="4000" height="3000">')
    for (let n = 0; n < 2; n += 1) {
      const answer = await ask(`${newsstand.url}/media/pier.jpg?width=640&as=avif`)
      expect(answer.headers['content-type']).toBe('image/jpeg')
      expect(answer.body.equals(pier)).toBe(true)
    }
    await until(() => newsstand.output().includes('pictures are sent in their full size'))
    expect(newsstand.output().split('in their full size').length).toBe(2)
    await until(() => childrenOf(newsstand).length === 0)
  })
})
