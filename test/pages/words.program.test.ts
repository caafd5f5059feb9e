/** Every word of the pages is of the site's language: here one whose letters tell which are not. */
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { ofEachKind } from '../../src/deliveries/delivery.ts'
import { nothingDelivered } from '../../src/deliveries/delivery-figures.ts'
import { serveAdmin } from '../support/admin.ts'
import { startNewsstand } from '../support/newsstand.ts'

const article = (n: number, more = '') =>
  `---\ntitle: Заголовок ${n}\ndate: 2024-03-${String(n % 28 || 28).padStart(2, '0')}\nlanguage: ru\nauthor: Анна Лис\n` +
  `section: Наука\ntags: [${Array.from({ length: 22 }, (_, tag) => `тема ${tag + 1}`).join(', ')}]\n${more}---\nСлова текста.\n`

const files = {
  'a.md': `${article(1, 'updated: 2024-04-05\nreading_time: 3\nimage: https://elsewhere.example/1.jpg\n')}\n![](https://elsewhere.example/2.jpg)\n\n| а | б |\n| - | - |\n| в | г |\n`,
  'b.md': article(2, 'audio: https://elsewhere.example/1.mp3\n'),
  'c.md': article(3, 'audio: https://elsewhere.example/1.mp4\n'),
  'rejected.md': '---\ntitle: Без текста\ndate: 2024-03-04\n---\n',
  'noted.md': article(4, 'image: none.jpg\n').replace(
    /date: .*/,
    `date: ${new Date().toISOString().slice(0, 10)}`,
  ),
  'README.md': '# Не статья\n',
  ...Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}.md`, article(n + 4)])),
}

/** Names, and what people type. */
const names =
  /[45]xx|node(?=1)|UTC|Prometheus|WebSub|IndexNow|JSON(?! Feed)|\/status|RSS|Atom|JSON Feed|OPML|Feedly|Inoreader|NewsBlur|The Old Reader|Feedbin|NetNewsWire|Reeder|Thunderbird|Newsboat|Ctrl\+C|feeds\.opml|elsewhere\.example|(?:section|tag|author|after|before|kind):/g
const shownAttributes = ['alt', 'title', 'aria-label', 'placeholder', 'data-copied', 'data-press']

/** What is shown or read out on a page and has Latin letters, but for what is marked as English. */
function foreignWords(html: string): string[] {
  const { document } = parseHTML(html)
  for (const one of document.querySelectorAll('script, code, .address, [lang=en]')) one.remove()
  const texts = [document.querySelector('title')?.textContent, document.body.textContent]
  for (const one of document.querySelectorAll('*')) {
    texts.push(...shownAttributes.map((name) => one.getAttribute(name)))
  }
  texts.push(document.querySelector('meta[name=description]')?.getAttribute('content'))
  return texts
    .flatMap((text) => (text ?? '').replace(names, '').match(/[^\n]*[a-z]{2}[^\n]*/gi) ?? [])
    .filter((text) => !text.includes('http://127.0.0.1'))
}

describe('a page', () => {
  it('has no word that is not in the file of its language', async () => {
    const newsstand = await startNewsstand(files, {
      FEED_LANGUAGE: 'ru',
      PUBLISHER_NAME: 'Маяк',
      PUBLISHER_URL: 'https://mayak.example/',
    })
    const { items } = JSON.parse(await newsstand.text('/feed.json'))
    const articles: string[] = items.map(({ url }: { url: string }) => new URL(url).pathname)
    const feeds = ['/rss.xml', '/sections/nauka/atom.xml']
    const headers = {
      Accept: 'text/html',
      'Accept-Language': 'ru',
      'Upgrade-Insecure-Requests': '1',
    }
    for (const path of [
      ...['/', '/page/2/', '/sections/', '/tags/', '/authors/', '/sections/nauka/', '/subscribe'],
      ...['/search', '/search?q=слова', '/search?q=заголовок', '/search?q="слова', '/search?q=нет'],
      ...['?q=kind:x', '?q=after:2', '?q=-after:2024', '?q=!', '?q=tag:', '?q=after:2024'].map(
        (query) => `/search${query}`,
      ),
      ...['/subscribe?words=', '/subscribe?words=слова', '/subscribe?section=nauka&words='],
      ...['/nowhere', '/articles/nothing', '/search/rss.xml?q=kind:x', `/${'a'.repeat(10_000)}`],
      ...[...articles.slice(-3), articles[0] ?? '', ...feeds],
    ]) {
      const answer = await newsstand.get(path, headers)
      expect(answer.headers.get('content-type'), path).toContain('html')
      const html = await answer.text()
      expect(foreignWords(html), path.slice(0, 100)).toEqual([])
      expect(html, path).toContain('<html lang="ru" dir="ltr">')
    }
    const { name, description, lang } = JSON.parse(await newsstand.text('/site.webmanifest'))
    expect({ name, description, lang }).toEqual({
      name: 'Маяк',
      description: 'Новые статьи сайта Маяк.',
      lang: 'ru',
    })
    for (let n = 1; n <= 22; n += 1) {
      await newsstand.get('/rss.xml', {
        'User-Agent': n === 1 ? 'Mozilla/5.0 Firefox/130.0' : `z${n}/1`,
      })
    }
    const status = await (await fetch(`${newsstand.adminUrl}/`)).text()
    expect(foreignWords(status)).toEqual([])
    expect(status).toContain('<html lang="ru" dir="ltr">')
    for (const text of [
      'И ещё 3 программы, см. ',
      'браузеры',
      'Отклонённые файлы',
      'rejected.md',
    ]) {
      expect(status).toContain(text)
    }
    expect(await newsstand.text('/feeds.opml')).toContain('Ленты сайта Маяк')
    expect(await newsstand.text('/rss.xml')).toContain('Новые статьи сайта Маяк.')
  })

  it('of deliveries has none either, but for why they failed', async () => {
    const get = await serveAdmin(
      async () => ({
        ...nothingDelivered,
        waiting: ofEachKind(() => 1),
        failures: [
          { at: '2026-03-04T05:06:07Z', kind: 'webhook', host: 'a.example', reason: 'no' },
        ],
      }),
      'ru',
    )
    const html = await get('/')
    expect(html).toContain('Вебхуки</th>')
    expect(html).toContain('<td lang="en" dir="ltr"><code>a.example</code></td>')
    expect(foreignWords(html.replaceAll('TRT World', ''))).toEqual([])
  })

  it('of a site in Arabic runs from the right, and an English article in it from the left', async () => {
    const newsstand = await startNewsstand(
      {
        'a.md': '---\ntitle: A pier\ndate: 2024-03-04\nlanguage: en\nauthor: رنا\n---\nWords.\n',
      },
      { FEED_LANGUAGE: 'ar' },
    )
    const front = await newsstand.text('/')
    expect(front).toContain('<html lang="ar" dir="rtl">')
    expect(front).toContain('<header class="masthead" lang="ar" dir="rtl">')
    const { items } = JSON.parse(await newsstand.text('/feed.json'))
    const page = await newsstand.text(new URL(items[0].url).pathname)
    expect(page).toContain('<html lang="en" dir="ltr">')
    expect(page).toContain('<footer class="foot" lang="ar" dir="rtl">')
    expect(page).toMatch(/<a rel="author" href="[^"]+"><bdi>رنا<\/bdi>/)
    expect(JSON.parse(await newsstand.text('/site.webmanifest')).dir).toBe('rtl')
    expect(await newsstand.text('/style.css')).toMatch(/pre,\ncode,[^}]* direction: ltr;/)
    const search = await (await newsstand.get('/search?q=after:2024-5x')).text()
    expect(search).toContain('«\u20662024-5x\u2069»')
    expect(search).toContain('\u20662024-05\u2069')
  })
})
