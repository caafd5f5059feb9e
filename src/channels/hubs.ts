/** Which hubs documents name, where subscribers are told of changes (W3C WebSub §4). */
import type { Config } from '../config.ts'
import type { DocumentLinks } from './feed-format.ts'
import type { Element } from './xml.ts'

/** Where our own hub is, below BASE_URL. */
export const hubPath = '/hub'

/** @returns absolute addresses, each once; our own first */
export function hubsOf({ baseUrl, hubs }: Pick<Config, 'baseUrl' | 'hubs'>): readonly string[] {
  return [...new Set([...(hubs.isOwn ? [baseUrl + hubPath] : []), ...hubs.others])]
}

/** As `link` elements of Atom, which RSS has too. */
export const hubLinks = ({ hubs }: DocumentLinks): Element[] =>
  hubs.map((href) => ({ $: { rel: 'hub', href } }))
