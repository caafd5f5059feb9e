/**
 * The stories found in web pages, beside what other extractors find in them: the pages, the right texts, the rows of the
 * others and `evaluate.py` are those of the public article extraction benchmark, whose folder is named.
 * node bench/html.ts ../article-extraction-benchmark
 */
import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { loadConfig } from '../src/config.ts'
import { namesIn } from '../src/intake/file-names.ts'
import { articleOf } from '../src/intake/read-article.ts'
import { createTopicFinder } from '../src/intake/topics.ts'
import { workspace } from './measure.ts'

type Texts = Record<string, { articleBody: string }>

const benchmark = resolve(process.argv[2] ?? '.')
const settings = {
  ...loadConfig({}, '.'),
  root: benchmark,
  findTopics: createTopicFinder([]),
  files: namesIn(benchmark),
}
const date = '<meta property="article:published_time" content="2019-10-01T12:00:00Z">'

/** The text of the article that becomes of a page, and why none does. */
async function textOf(page: string, id: string): Promise<{ text: string; reason?: string }> {
  try {
    const outcome = await articleOf(
      Buffer.from(page),
      { path: `${id}.html`, modified: 0 },
      settings,
    )
    if (outcome.kind !== 'article') return { text: '', reason: outcome.kind }
    return { text: words(outcome.content.content) }
  } catch (error) {
    return { text: '', reason: (error as Error).message }
  }
}

/** The right texts have no captions, which readers of an article want: here figures are left out, unless they show text. */
const figure = /<figure\b(?:(?!<\/figure>|<(?:blockquote|pre|table)\b)[\s\S])*<\/figure>/g

/** Tags of inline elements part no words. */
function words(html: string): string {
  const inline =
    /<\/?(?:a|abbr|b|bdi|bdo|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>/g
  return html
    .replaceAll(figure, '\n')
    .replaceAll(inline, '')
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

const truth: Texts = JSON.parse(readFileSync(join(benchmark, 'ground-truth.json'), 'utf8'))
const ids = Object.keys(truth).sort()
const asFound: Texts = {}
const dated: Texts = {}
const rejected: string[] = []
for (const id of ids) {
  const page = gunzipSync(readFileSync(join(benchmark, 'html', `${id}.html.gz`))).toString()
  const { text, reason } = await textOf(page, id)
  asFound[id] = { articleBody: text }
  if (reason) rejected.push(`${id.slice(0, 8)} ${reason}`)
  dated[id] = { articleBody: reason ? (await textOf(date + page, id)).text : text }
}

/** The half of the pages that were looked at while the reader was built, and the other one. */
const isTuned = (id: string) => (hash('sha256', id, 'buffer')[0] ?? 0) % 2 === 0
const parts: readonly [string, (id: string) => boolean][] = [
  ['all pages', () => true],
  ['the half that was looked at', isTuned],
  ['the other half', (id) => !isTuned(id)],
]

for (const [name, isPart] of parts) {
  const root = workspace()
  mkdirSync(join(root, 'output'))
  const some = ids.filter(isPart)
  const write = (path: string, texts: Texts) =>
    writeFileSync(
      join(root, path),
      JSON.stringify(Object.fromEntries(some.map((id) => [id, texts[id]]))),
    )
  write('ground-truth.json', truth)
  write('output/newsstand.json', asFound)
  write('output/newsstand_dated.json', dated)
  for (const file of readdirSync(join(benchmark, 'output'))) {
    const { output, version, ...rest } = JSON.parse(
      readFileSync(join(benchmark, 'output', file), 'utf8'),
    )
    write(`output/${basename(file)}`, output ?? { ...rest, ...(version && { version }) })
  }
  console.log(`\n${name}: ${some.length}`)
  const { stdout, stderr } = spawnSync(
    'python3',
    [join(benchmark, 'evaluate.py'), '--n-bootstrap', '100'],
    { cwd: root, encoding: 'utf8' },
  )
  console.log(stdout + stderr)
}
console.log(`rejected: ${rejected.length}`)
for (const one of rejected) console.log(one)
