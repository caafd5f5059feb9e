// npm's readers, each as its manual has it: npm.mjs READER URL, in the folder where they are installed.
import { createRequire } from 'node:module'

const require = createRequire(`${process.cwd()}/`)
const [reader, url] = process.argv.slice(2)
const load = async (name) => {
  const all = await import(require.resolve(name))
  return all.default ?? all
}
const list = (value) => [value ?? []].flat()
const ofImage = (one) => (/^image/.test(one?.type) ? one.url : undefined)

async function feedparser() {
  const parser = (await (await load('node-fetch'))(url)).body.pipe(new (await load('feedparser'))())
  const items = []
  for await (const one of parser) {
    items.push({
      title: one.title,
      authors: list(one.author),
      date: one.pubdate,
      shown: one.description ?? one.summary,
      picture: one.image.url ?? one.enclosures.map(ofImage).find(Boolean),
      categories: one.categories,
      language: one.meta.language,
    })
  }
  return items
}

async function rssParser() {
  const feed = await new (await load('rss-parser'))().parseURL(url)
  return feed.items.map((one) => ({
    title: one.title,
    authors: list(one.creator ?? one.author),
    date: one.isoDate,
    shown: one['content:encoded'] ?? one.content ?? one.summary,
    picture: ofImage(one.enclosure),
    categories: list(one.categories).map((each) => each._ ?? each.$?.term ?? each),
    language: feed.language,
  }))
}

async function rssToJson() {
  const feed = await (await load('rss-to-json')).parse(url)
  return feed.items.map((one) => ({
    title: one.title,
    authors: list(one.author).map((each) => each.name ?? each),
    date: one.published,
    shown: one.content ?? one.content_encoded ?? one.description,
    picture: list(one.media?.content)[0]?.url ?? list(one.enclosures).map(ofImage)[0],
    categories: list(one.category).map((each) => each.$text ?? each.term ?? each),
  }))
}

async function extractor() {
  const { extract } = await load('@extractus/feed-extractor')
  const feed = await extract(url, { descriptionMaxLen: 0 })
  return feed.entries.map(({ title, published, description }) => {
    return { title, date: published, shown: description, language: feed.language }
  })
}

async function feedsmith() {
  const { feed } = (await load('feedsmith')).parseFeed(await (await fetch(url)).text())
  return (feed.items ?? feed.entries).map((one) => ({
    title: one.title?.value ?? one.title,
    authors: (one.authors ?? one.dc?.creators ?? []).map((each) => each.name ?? each),
    date: one.pubDate ?? one.published ?? one.date_published,
    shown: one.content?.encoded ?? one.content?.value ?? one.content_html ?? one.description,
    picture: one.image ?? one.media?.contents?.[0]?.url ?? one.enclosures?.map(ofImage)[0],
    categories: one.tags ?? one.categories?.map((each) => each.name ?? each.term),
    language: feed.language,
  }))
}

const readers = {
  'rss-parser': rssParser,
  feedparser,
  'rss-to-json': rssToJson,
  '@extractus/feed-extractor': extractor,
  feedsmith,
}
console.log(JSON.stringify(await readers[reader]()))
process.exit(0)
