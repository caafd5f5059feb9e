/** What hosts that are no service have to be told, as text to be printed. */
import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Config } from '../../config.ts'
import { readAssets } from '../../pages/assets.ts'
import { redirects } from '../redirects.ts'
import type { Redirect } from '../what-is-written.ts'
import { caddySite } from './caddy.ts'
import { nginxSite } from './nginx.ts'

export interface HostParts {
  readonly config: Config
  /** The out folder; absolute. */
  readonly out: string
  readonly redirects: readonly Redirect[]
}

const sites = { nginx: nginxSite, caddy: caddySite } as const

export type HostName = keyof typeof sites
export const hostNames = Object.keys(sites) as HostName[]

/** @returns the configuration of a site that serves the static build in `out` */
export async function hostConfig(
  name: HostName,
  { catalogue, config, out }: Omit<HostParts, 'redirects'> & { catalogue: Catalogue },
): Promise<string> {
  const all = await Array.fromAsync(redirects(catalogue, config))
  return sites[name]({ config, out, redirects: all })
}

/** Addresses of files that say in them which version they are of: these never change. */
export function namedAssets(config: Config): string[] {
  const assets = readAssets(config)
  const own = [config.icon, config.logo, config.stylesheet].flatMap((file) =>
    file ? [file.name] : [],
  )
  return ['style.css', 'copy.js', 'preview.js', ...own]
    .map((name) => assets.path(name))
    .filter((path) => path.includes('?'))
}
