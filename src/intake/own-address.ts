/** The address that a site has by what its own configuration says, with which its authors write links to its pictures and pages. */

export interface OwnAddress {
  /** In small letters; '' where it is not said. */
  readonly host: string
  /** Below the host, with a slash at its beginning and none at its end; '' for none. */
  readonly path: string
}

/**
 * @param url with a path, or without
 * @param base the path below that, where it is stated for itself
 * @returns undefined where neither says anything
 */
export function ownAddressOf(
  url: string | undefined,
  base: string | undefined,
): OwnAddress | undefined {
  const whole = [url, base].map((one) => URL.parse(one ?? '')).find((one) => one !== null)
  const below = base !== undefined && /^\/?[\w-][\w./~-]*$/.test(base) ? base : ''
  const path = `${whole?.pathname ?? ''}/${below}`.replace(/\/+/g, '/').replace(/\/$/, '')
  const host = whole && /^https?:$/.test(whole.protocol) ? whole.host : ''
  return host === '' && path === '' ? undefined : { host, path }
}

/** An address of the site's own as its files have it, from its root; undefined for any other. */
export function withinSite(url: string, own: OwnAddress | undefined): string | undefined {
  if (!own) return undefined
  const [, host, rest = url] = /^(?:https?:)?\/\/([^/?#]+)(.*)$/i.exec(url) ?? []
  if (host === undefined ? own.path === '' : host.toLowerCase() !== own.host) return undefined
  return rest.startsWith(`${own.path}/`) ? rest.slice(own.path.length) : undefined
}
