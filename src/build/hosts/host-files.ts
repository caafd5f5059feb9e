/**
 * `_headers` and `_redirects`, as Netlify (docs.netlify.com/manage/routing) and Cloudflare Pages
 * (developers.cloudflare.com/pages/configuration) read them in the folder that is published. Of a header that two rules
 * give, both make one with a comma: so no address has two rules that give the same. Both answer `/x` with `x.html`, lead
 * from one to the other and to `x/` by themselves, and send 404.html for what is not there. Netlify follows a redirect only
 * where no file is, Cloudflare Pages always: so none is written where there is one.
 */
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { feedFormats } from '../../channels/feed-formats.ts'
import { opmlType } from '../../channels/opml.ts'
import type { Config } from '../../config.ts'
import { basePath } from '../../pages/renderer.ts'
import { policyOfDrawings, policyOfMedia } from '../../server/media-headers.ts'
import { redirects } from '../redirects.ts'
import { channelFolders, feedAliases, type Redirect } from '../what-is-written.ts'
import { hostHeaders } from './host-headers.ts'

/** Of Cloudflare Pages: redirects without a placeholder, and characters of each. Netlify advises against 10,000 and more. */
const mostRedirects = 2000
const longestRedirect = 1000
/** Of us: a service shall not be sent a file of many megabytes. */
const mostWritten = 10_000

export interface HostFile {
  /** In the out folder. */
  readonly path: string
  readonly content: string
}

/**
 * @param parts.isWritten whether a file lies at an address below BASE_URL, which is percent-encoded
 * @returns with what is left out of them, or read by one of the two alone, in sentences
 */
export async function hostFiles(parts: {
  readonly catalogue: Catalogue
  readonly config: Config
  readonly isWritten: (address: string) => boolean
}): Promise<{ readonly files: readonly HostFile[]; readonly leftOut: readonly string[] }> {
  const { catalogue, config, isWritten } = parts
  const base = basePath(config)
  const former = redirects(catalogue, config)
  const { lines, leftOut } = await redirectLines(former, base, isWritten)
  const files = [
    { path: '_headers', content: headersFile(config, base) },
    { path: '_redirects', content: lines.join('\n') },
  ]
  return { files: files.map(({ path, content }) => ({ path, content: `${content}\n` })), leftOut }
}

function headersFile(config: Config, base: string): string {
  const rule = (path: string, headers: Readonly<Record<string, string>>) =>
    [base + path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join(
      '\n',
    )
  const rules = (paths: readonly string[], headers: Readonly<Record<string, string>>) =>
    paths.map((path) => rule(path, headers))
  const channels = channelFolders.map((folder) => `/${folder}/:slug`)
  const lists = ['', ...channelFolders.map((folder) => `/${folder}`), ...channels]
  const feeds = feedFormats.flatMap(({ fileName, contentType }) => {
    const places = ['', ...channels].flatMap((place) => [place, `${place}/archive/:number`])
    const headers = { ...hostHeaders('feed', config), 'Content-Type': contentType }
    return rules(
      places.map((place) => `${place}/${fileName}`),
      headers,
    )
  })
  const pages = [...lists.flatMap((list) => [`${list}/`, `${list}/page/:number/`]), '/subscribe']
  const files = ['/feeds.opml', '/robots.txt', '/site.webmanifest', '/sitemap.xml']
  const types = { '/feeds.opml': opmlType }
  return [
    ...rules([...pages, '/articles/*'], hostHeaders('page', config)),
    ...feeds,
    ...files.map((path) =>
      rule(path, {
        ...hostHeaders('file', config),
        ...(path in types && { 'Content-Type': types[path as keyof typeof types] }),
      }),
    ),
    ...rules(['/sitemap-:part'], hostHeaders('file', config)),
    ...rules(['/style.css', '/copy.js', '/preview.js'], hostHeaders('asset', config)),
    rule('/favicon.svg', {
      ...hostHeaders('asset', config),
      'Content-Security-Policy': policyOfDrawings,
    }),
    rule('/media/*', { ...hostHeaders('media', config), 'Content-Security-Policy': policyOfMedia }),
  ].join('\n')
}

async function redirectLines(
  former: AsyncIterable<Redirect>,
  base: string,
  isWritten: (address: string) => boolean,
): Promise<{ lines: string[]; leftOut: string[] }> {
  const line = (from: string, to: string) => `${base}${from} ${base}${to} 301`
  const aliases = (place: string) =>
    feedAliases.map(({ alias, fileName }) => line(`${place}/${alias}`, `${place}/${fileName}`))
  const fixed = [line('/articles', '/'), ...aliases('')]
  const written: string[] = []
  let tooMany = 0
  let gone = 0
  let unwritable = 0
  for await (const one of former) {
    if (!('to' in one)) gone += 1
    else if (!isWritten(one.from) && !isWritten(`${one.from}/`)) {
      const text = line(one.from, one.to)
      // What stands for something else in these files cannot be written otherwise.
      if (text.length > longestRedirect || /[*:\s]/.test(one.from)) unwritable += 1
      else if (fixed.length + written.length >= mostWritten) tooMany += 1
      else written.push(text)
    }
  }
  const plain = [...fixed, ...written]
  const count = (n: number) => n.toLocaleString('en')
  const leftOut: string[] = []
  if (plain.length > mostRedirects) {
    const all = `${count(plain.length)} redirects in _redirects`
    leftOut.push(`Of the ${all} Cloudflare Pages reads the first ${count(mostRedirects)}.`)
  }
  const counted = [
    [
      tooMany,
      `former addresses of pages that are not in _redirects, which has ${count(mostWritten)}`,
    ],
    [unwritable, 'former addresses of pages that cannot be written in _redirects'],
    [gone, 'addresses of removed articles, which they answer with 404, as _redirects has no 410'],
  ] as const
  for (const [n, what] of counted)
    if (n > 0) leftOut.push(`For Netlify and Cloudflare Pages: ${what}: ${count(n)}.`)
  // Those with placeholders come last: Cloudflare Pages counts all behind the first of them as such.
  return {
    lines: [...plain, ...channelFolders.flatMap((folder) => aliases(`/${folder}/:slug`))],
    leftOut,
  }
}
