/** Hugo as the yardstick: a site that builds the six RSS feeds and nothing else. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ExpectedFeed, generateArticles, isExpectedFeed } from './generate.ts'
import { peakMemory } from './measure.ts'

export interface Measured {
  readonly seconds: number
  /** Peak resident memory in MB. */
  readonly memory: number
}

/** Pages are read and listed but written nowhere, and every other kind of output is off. */
const CONFIG = `baseURL = "http://localhost:3000/"
title = "Newsstand benchmark"
languageCode = "en"
disableKinds = ["section", "taxonomy", "sitemap", "robotsTXT", "404"]
ignoreErrors = ["error-disable-taxonomy"]

[taxonomies]
category = "categories"

[outputs]
home = ["RSS"]
term = ["RSS"]
page = []
`

/** Hugo's own RSS template, shortened, with the full text and 50 items. */
const TEMPLATE = `{{- $pages := .Pages -}}
{{- if .IsHome }}{{ $pages = .Site.RegularPages }}{{ end -}}
{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>{{ .Title }}</title>
<link>{{ .Permalink }}</link>
<description>{{ .Title }}</description>
<language>{{ .Site.LanguageCode }}</language>
{{ with .OutputFormats.Get "RSS" }}{{ printf "<atom:link href=%q rel=\\"self\\" type=%q />" .Permalink .MediaType | safeHTML }}{{ end }}
{{ range first 50 $pages }}<item>
<title>{{ .Title }}</title>
<link>{{ .Permalink }}</link>
<guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" | safeHTML }}</pubDate>
<dc:creator>{{ index .Params.authors 0 }}</dc:creator>
{{ range .Params.categories }}<category>{{ . }}</category>{{ end }}
<description>{{ .Description | html }}</description>
<content:encoded>{{ .Content | html }}</content:encoded>
</item>
{{ end }}</channel>
</rss>
`

/** Hugo's version, or undefined where it is not installed. */
export function hugoVersion(): string | undefined {
  const { stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' })
  return stdout?.split(' ')[1]
}

/** Writes a Hugo site with that many articles. */
export function writeSite(site: string, count: number): void {
  mkdirSync(join(site, 'layouts', '_default'), { recursive: true })
  writeFileSync(join(site, 'config.toml'), CONFIG)
  writeFileSync(join(site, 'layouts', '_default', 'rss.xml'), TEMPLATE)
  generateArticles(join(site, 'content', 'articles'), count, 'hugo')
}

/** Builds the site from nothing and checks that its feeds are the expected ones. */
export async function buildSite(site: string, feeds: readonly ExpectedFeed[]): Promise<Measured> {
  rmSync(join(site, 'public'), { recursive: true, force: true })
  rmSync(join(site, 'resources'), { recursive: true, force: true })
  const start = performance.now()
  const hugo = spawn('hugo', ['--quiet'], { cwd: site, stdio: ['ignore', 'inherit', 'inherit'] })
  let memory = 0
  const poll = setInterval(() => {
    memory = Math.max(memory, peakMemory(hugo.pid))
  }, 10)
  const [code] = await once(hugo, 'exit')
  const seconds = (performance.now() - start) / 1000
  clearInterval(poll)
  if (code !== 0) throw new Error(`hugo ended with exit code ${code}`)
  for (const feed of feeds) {
    const path = feed.section ? `categories/${feed.section}/index.xml` : 'index.xml'
    const rss = readFileSync(join(site, 'public', path), 'utf8')
    if (!isExpectedFeed(rss, feed)) throw new Error(`hugo's ${path} is not the expected feed`)
  }
  return { seconds, memory }
}
