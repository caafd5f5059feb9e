import { browserFormats, fittedWidths, plainWidth } from '../../channels/fitted-address.ts'
import { endingsOf } from '../../media-kinds.ts'
import { forEver } from '../../server/caching.ts'
import { dispositions, policyOfDrawings, policyOfMedia } from '../../server/media-headers.ts'
import { methods, preflight } from '../../server/methods.ts'
import { feedAliases } from '../what-is-written.ts'
import { formerAddresses } from './former-addresses.ts'
import { type HostParts, namedAssets } from './host-config.ts'
import { hostHeaders } from './host-headers.ts'
import { block, quoted } from './nginx-text.ts'

const preflightName = (header: string) => header.toLowerCase().replaceAll('-', '_')

/** What OPTIONS is answered with: by variables, as `add_header` stands in no `if` of a server. */
export const preflightHeaders: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(preflight).map((name) => [name, `$newsstand_${preflightName(name)}`]),
)

/** What is looked up in the site. `$newsstand_path` is the path without a slash at its end, `$newsstand_to` where that leads now. */
export function nginxMaps({
  config,
  redirects,
}: Pick<HostParts, 'config' | 'redirects'>): string[] {
  const entry = (from: string, to: string) => `${from} ${to};`
  const map = (of: string, name: string, entries: readonly string[]) =>
    block(`map ${of} $newsstand_${name}`, entries)
  // nginx compares without regard to the case of ASCII.
  const compared = (from: string) => from.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  const { entries: former, comment } = formerAddresses(redirects, { compared })
  // nginx wants to be told when names are longer than 64 bytes, and how many there are.
  const longest = Math.max(0, ...former.map(([from]) => Buffer.byteLength(from)))
  const room = [
    `map_hash_bucket_size ${2 ** Math.ceil(Math.log2(longest + 64))};`,
    `map_hash_max_size ${2 ** Math.max(11, Math.ceil(Math.log2(former.length + 1)))};`,
  ]
  const widths = fittedWidths.join('|')
  return [
    ...comment,
    ...room,
    ...map('$uri', 'path', [
      entry('"~^(?<newsstand_bare>/.*[^/])/*$"', '$newsstand_bare'),
      entry('default', '$uri'),
    ]),
    ...map(
      '$newsstand_path',
      'to',
      former.map(([from, to]) => entry(quoted(from), quoted(to))),
    ),
    ...map('$arg_page', 'page', [
      ...[entry('""', '""'), entry('1', '""')],
      ...[entry('"~^([1-9][0-9]{0,3})$"', '$1'), entry('default', 'none')],
    ]),
    ...map(
      '$arg_feed',
      'format',
      feedAliases.map(({ alias, fileName }) => entry(alias, fileName)),
    ),
    ...map('"$arg_width:$arg_as"', 'size', [
      entry(
        `"~^(?<newsstand_width>${widths}):(?<newsstand_as>${browserFormats.join('|')})$"`,
        '$newsstand_width.$newsstand_as',
      ),
      entry(`"${plainWidth}:"`, `${plainWidth}.$newsstand_plain`),
    ]),
    ...map('$uri', 'plain', [entry('"~*\\.png$"', 'png'), entry('default', 'jpeg')]),
    ...map('"$uri?$args"', 'caching', [
      ...namedAssets(config).map((path) => entry(quoted(path), quoted(forEver))),
      entry('default', quoted(hostHeaders('asset', config)['Cache-Control'] ?? '')),
    ]),
    ...map('$uri', 'drawing', [entry('"~*\\.svg$"', quoted(policyOfDrawings))]),
    // Gone at once when no article links to it any more.
    ...map('$uri', 'keeping', [
      entry(`"~*\\.(?:${endingsOf('download')})$"`, 'no-cache'),
      entry('default', quoted(hostHeaders('media', config)['Cache-Control'] ?? '')),
    ]),
    ...map('$uri', 'policy', [
      entry(`"~*\\.(?:${endingsOf('drawing')})$"`, quoted(policyOfDrawings)),
      entry('default', quoted(policyOfMedia)),
    ]),
    ...map(
      '$uri',
      'disposition',
      (Object.keys(dispositions) as (keyof typeof dispositions)[]).map((kind) =>
        entry(`"~*\\.(?:${endingsOf(kind)})$"`, dispositions[kind] ?? ''),
      ),
    ),
    ...map('$request_method', 'allow', [
      ...[entry('GET', '""'), entry('HEAD', '""'), entry('default', quoted(methods))],
    ]),
    ...Object.entries(preflight).flatMap(([name, value]) =>
      map('$request_method', preflightName(name), [entry('OPTIONS', quoted(value))]),
    ),
  ]
}
