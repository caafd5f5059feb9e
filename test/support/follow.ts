import { expect } from 'vitest'
import { ask } from './http.ts'

/** What takes nothing but POST. */
const hub = /<[^>]* rel="hub"[^>]*>/g

/** Follows every link to this server from its front page and its feeds. @returns how many it found */
export async function followAll(url: string): Promise<number> {
  const { origin } = new URL(url)
  const seen = new Set([`${url}/`, `${url}/rss.xml`, `${url}/atom.xml`, `${url}/sitemap.xml`])
  for (const address of seen) {
    const { status, headers, body } = await ask(address)
    expect(`${status} ${address}`).toBe(`200 ${address}`)
    if (!/html|xml|json/.test(headers['content-type'] ?? '')) continue
    const found = body
      .toString()
      .replace(hub, '')
      .matchAll(/(?:href|src|url)="([^"#]+)"|<(?:loc|link|id|guid[^>]*)>(http[^<#]+)</g)
    for (const [, attribute, text] of found) {
      const link = new URL((attribute ?? text ?? '').replaceAll('&amp;', '&'), address)
      if (link.origin === origin) seen.add(link.href)
    }
  }
  return seen.size
}
