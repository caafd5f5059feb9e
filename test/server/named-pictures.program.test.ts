/** Photographs of the articles folder as feeds, previews and crawlers have them, from real pictures, over real HTTP. */
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { ask } from '../support/http.ts'
import { startNewsstand } from '../support/newsstand.ts'
import { photograph } from '../support/photograph.ts'
import { copyWithoutSharp } from '../support/without-sharp.ts'

/** Feeds name addresses that begin so, whatever the port is. */
const site = 'https://news.example/b'
const env = { BASE_URL: site }

const article = (image: string, body = 'Text.') =>
  `---\ntitle: The ${image}\ndate: 2026-04-13\nimage: ${image}\n---\n${body}\n`

const place = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '41/1 0/1 30/1' } }
let pier: Buffer
beforeAll(async () => {
  // It was taken with the camera on its side, at a place that the camera knows.
  const camera = { orientation: 6, exif: place }
  pier = await photograph(2400, 3200).jpeg({ quality: 90 }).withMetadata(camera).toBuffer()
  expect((await sharp(pier).metadata()).exif?.length).toBeGreaterThan(60)
})

/** Whatever names a picture of this name, as a page or feed has it. */
const namesOf = (text: string, name: string) =>
  [...text.matchAll(/https:\/\/news\.example\/b\/media\/([^\s"'<>\\]+)/g)]
    .map(([, address = '']) => address)
    .filter((address) => address.startsWith(name))

const feeds = ['/rss.xml', '/atom.xml', '/feed.json']

describe('a photograph', () => {
  it('has the address of a size that fits in feeds, previews and what crawlers read', async () => {
    const newsstand = await startNewsstand(
      {
        'a.md': article('pier.jpg', 'Text.\n\n![Deck](img/deck.png)'),
        'pier.jpg': pier,
        'img/deck.png': await photograph(1500, 1000).png().toBuffer(),
        'b.md': article('rail.webp'),
        'rail.webp': await photograph(1500, 1000).webp().toBuffer(),
      },
      env,
    )
    for (const feed of feeds) {
      const text = await newsstand.text(`/b${feed}`)
      const names = namesOf(text, 'pier.jpg')
      expect(names.length, feed).toBe(2)
      expect(new Set(names), feed).toEqual(new Set(['pier.jpg?width=1280']))
      expect(namesOf(text, 'img/'), feed).toEqual(['img/deck.png?width=1280'])
      const plain = text.replaceAll('\\"', '"')
      // Turned, it is 3,200 wide: so wide is it shown, whatever comes.
      expect(plain).toContain('pier.jpg?width=1280" alt="" width="1280" height="960"')
      expect(plain).toContain('deck.png?width=1280" alt="Deck" width="1280" height="853"')
      expect(plain).not.toMatch(/width="3200"|fileSize=/)
    }
    const rss = await newsstand.text('/b/rss.xml')
    const address = `${site}/media/pier.jpg?width=1280`
    expect(rss).toContain(`<media:content url="${address}" medium="image" type="image/jpeg"/>`)
    // That goes out as JPEG, or as WebP where nothing can be made.
    expect(rss).toContain(
      `<media:content url="${site}/media/rail.webp?width=1280" medium="image"/>`,
    )
    const [, path = ''] =
      /href="(\/b\/articles\/the-pier[^"]+)/.exec(await newsstand.text('/b/')) ?? []
    const page = await newsstand.text(path)
    expect(page).toContain(`<meta property="og:image" content="${address}">`)
    expect(page).toContain('<meta name="twitter:card" content="summary_large_image">')
    expect(page).not.toContain('og:image:width')
    expect(page).toContain(`"image":["${address}"]`)
  })

  it('is at that address what every program reads, upright, and without its place', async () => {
    const transparent = { r: 0, g: 0, b: 0, alpha: 0 }
    const clear = sharp({
      create: { width: 1600, height: 1200, channels: 4, background: transparent },
    })
    const originals: Record<string, Buffer> = {
      'pier.jpg': pier,
      'pier.JPEG': pier,
      'deck.png': await photograph(1500, 1000).png().toBuffer(),
      'clear.png': await clear.clone().png({ compressionLevel: 0 }).toBuffer(),
      'clear.webp': await clear.clone().webp().toBuffer(),
      'deck.webp': await photograph(1500, 1000).webp({ quality: 10 }).toBuffer(),
      'deck.avif': await photograph(1500, 1000).avif({ quality: 10, effort: 0 }).toBuffer(),
    }
    const newsstand = await startNewsstand({ 'a.md': article('pier.jpg'), ...originals })
    const sides: Record<string, { width: number; height: number; format: string }> = {}
    for (const name of Object.keys(originals)) {
      const answer = await ask(`${newsstand.url}/media/${name}?width=1280`)
      const { width, height, format, exif, orientation } = await sharp(answer.body).metadata()
      expect(answer.headers['content-type'], name).toBe(`image/${format}`)
      expect([exif, orientation], name).toEqual([undefined, undefined])
      sides[name] = { width, height, format }
    }
    expect(sides).toEqual({
      'pier.jpg': { width: 1280, height: 960, format: 'jpeg' },
      'pier.JPEG': { width: 1280, height: 960, format: 'jpeg' },
      'deck.png': { width: 1280, height: 853, format: 'png' },
      'clear.png': { width: 1280, height: 960, format: 'png' },
      'clear.webp': { width: 1280, height: 960, format: 'jpeg' },
      'deck.webp': { width: 1280, height: 853, format: 'jpeg' },
      'deck.avif': { width: 1280, height: 853, format: 'jpeg' },
    })
    const { body } = await ask(`${newsstand.url}/media/clear.webp?width=1280`)
    expect((await sharp(body).stats()).dominant.r).toBeGreaterThan(240)
    // The photograph itself is still to be had, as it was put there.
    expect((await ask(`${newsstand.url}/media/pier.jpg`)).body.equals(pier)).toBe(true)
    const small = await ask(`${newsstand.url}/media/pier.jpg?width=640`)
    expect(small.body.equals(pier)).toBe(true)
  })

  it('has its own address where it is no wider, moves, is drawn, or lies elsewhere', async () => {
    const wide = { width: 1400, height: 700 }
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1400" height="700"/>`
    const gif = await sharp({ create: { ...wide, channels: 3, background: '#347' } })
      .gif()
      .toBuffer()
    const pictures = {
      'small.jpg': await photograph(1280, 800).jpeg().toBuffer(),
      'wide.gif': gif,
      'drawn.svg': Buffer.from(drawing),
    }
    const body = [
      ...Object.keys(pictures).map((name) => `![](${name})`),
      '![](https://other.example/media/far.jpg)',
      '<img src="https://other.example/media/wide.jpg" width="4000" height="3000">',
      '[The file](pier.jpg)',
    ].join('\n\n')
    const files = { 'a.md': article('small.jpg', body), 'pier.jpg': pier, ...pictures }
    const newsstand = await startNewsstand(files, env)
    for (const feed of feeds) {
      const text = await newsstand.text(`/b${feed}`)
      expect(text, feed).not.toContain('?width=')
      expect(text, feed).toContain('https://other.example/media/wide.jpg')
      expect(namesOf(text, 'pier.jpg'), feed).toEqual(['pier.jpg'])
    }
    const rss = await newsstand.text('/b/rss.xml')
    const length = pictures['small.jpg'].length
    expect(rss).toContain(
      `<media:content url="${site}/media/small.jpg" medium="image" type="image/jpeg" fileSize="${length}" width="1280" height="800"/>`,
    )
  })
})

describe('without the package that makes pictures', () => {
  it('feeds and previews are the same to the byte, and the photograph itself is sent', async () => {
    const files = {
      'a.md': article('pier.jpg', '![Pier](pier.jpg)\n\nText.\n\n![Deck](deck.webp)'),
      'pier.jpg': pier,
      'deck.webp': await photograph(1500, 1000).webp().toBuffer(),
    }
    const told: string[][] = []
    for (const from of [undefined, copyWithoutSharp(temporaryFolder())]) {
      const newsstand = await startNewsstand(files, env, [], from)
      const front = await newsstand.text('/b/')
      const [, path = ''] = /href="(\/b\/articles\/the-pier[^"]+)/.exec(front) ?? []
      const page = await newsstand.text(path)
      const head = page.slice(page.indexOf('og:image'), page.indexOf('og:image') + 500)
      told.push([...(await Promise.all(feeds.map((feed) => newsstand.text(`/b${feed}`)))), head])
      const answer = await ask(`${newsstand.url}/b/media/pier.jpg?width=1280`)
      expect(answer.headers['content-type']).toBe('image/jpeg')
      expect(answer.body.equals(pier)).toBe(from !== undefined)
    }
    const [withSharp = [], without] = told
    expect(withSharp[0]).toContain('pier.jpg?width=1280')
    expect(without).toEqual(withSharp)
  })
})
