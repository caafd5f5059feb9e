/** The names of a web page's site, and of those who wrote for it, which stand in its title. */
import { cleanLine } from '../../../text.ts'
import type { Document } from '../lines/page-elements.ts'
import type { Meta, Stated } from './page-facts.ts'

/** A page has few feeds, with short names. */
const mostFeeds = 20
const longest = 300

/** Tells the names of the site and of those who wrote. */
export function namesAround(
  document: Document,
  stated: Stated,
  meta: Meta,
  authors: readonly string[],
): (text: string) => boolean {
  const addresses = [
    document.querySelector('link[rel~="canonical" i]')?.getAttribute('href') ?? '',
    ...meta('og:url'),
    ...stated('publisher', 'url'),
  ]
  const hosts = addresses.flatMap((url) =>
    URL.canParse(url) ? [new URL(url).hostname.replace(/^www\./, '')] : [],
  )
  const labels = hosts.map((host) => host.replace(/(?:\.(?:com?|org|net|ac|gov))?\.[a-z]+$/, ''))
  const names = [
    ...namesOfFeeds(document),
    ...stated('publisher'),
    ...meta('og:site_name'),
    ...meta('application-name'),
    ...hosts,
    ...labels,
    ...authors,
  ]
  const known = new Set(names.map(fold).filter((name) => name !== ''))
  return (text) => known.has(fold(text)) || isHostOf(document, text)
}

/** Publishing systems call a site's feed `The Paper » Feed`, and that of a story's comments `The Paper » A headline Comments Feed`. */
function namesOfFeeds(document: Document): string[] {
  const links = [...document.querySelectorAll('link[rel~="alternate" i][title]')].slice(
    0,
    mostFeeds,
  )
  return links
    .filter((link) => /rss|atom/i.test(link.getAttribute('type') ?? ''))
    .map((link) => cleanLine((link.getAttribute('title') ?? '').slice(0, longest)))
    .flatMap(
      (title) => /^(.+?)\s(?:[»›]\s.*|[-–—|]\s(?:RSS|Atom|Feed)\b.*)$/iu.exec(title)?.[1] ?? [],
    )
}

/** `paper.example`: a host that the page has links to, as every page has to its site. */
function isHostOf(document: Document, text: string): boolean {
  const [host = ''] = /^(?:[a-z\d-]{1,63}\.){1,3}[a-z]{2,24}$/i.exec(text) ?? []
  if (host === '') return false
  const name = host.toLowerCase().replace(/^www\./, '')
  const links = ['', 'www.'].flatMap((www) =>
    ['http', 'https'].flatMap((scheme) => [
      `a[href="${scheme}://${www}${name}" i]`,
      `a[href^="${scheme}://${www}${name}/" i]`,
    ]),
  )
  return document.querySelector(links.join(', ')) !== null
}

const fold = (name: string) =>
  name
    .toLowerCase()
    .replace(/^(?:the|by) /, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
