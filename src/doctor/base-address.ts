/** Whether readers who come to BASE_URL reach this Newsstand, and what stands between: asks itself by that address. */
import type { Config } from '../config.ts'
import { isLocal } from '../namespace.ts'
import { type Asked, answerOf } from '../server/asking.ts'
import { type Finding, note, right, wrong } from './finding.ts'
import type { Answering } from './ports.ts'
import { foundProxy, isDirect, madeUp } from './proxy.ts'
import { foundPolling, foundReadiness, readinessAt, unreadyIn } from './running.ts'

const about = 'Address'

export async function* foundAddress(config: Config, answering: Answering): AsyncGenerator<Finding> {
  const { baseUrl } = config
  if (isLocal(baseUrl)) {
    const text = `BASE_URL is ${baseUrl}, where only this machine reaches anything.`
    yield note(about, text, 'Set BASE_URL to the address that your readers will have.')
  }
  if (answering.by === 'other') {
    yield note(about, `Whether ${baseUrl} leads here can be tried when the port is to be had.`)
    return
  }
  if (answering.by === 'doctor') {
    const { stand } = answering
    const asked = await answerOf(`${baseUrl}/healthz?doctor=${stand.word}`, {
      'X-Forwarded-For': madeUp,
    })
    const isOurs = asked.status === 200 && asked.body === stand.word
    if (config.databaseUrl !== undefined && asked.body?.trim() === 'alive') {
      const text = `${baseUrl} leads to another machine of this site: Newsstand does not run here.`
      yield note(about, text, 'Start it here, and try again.')
      return
    }
    yield isOurs ? right(about, `${baseUrl} leads here.`) : misled(config, asked)
    if (!isOurs) return
    yield foundProxy(config, stand.headers() ?? {}, stand.sender())
    yield ofClock(asked)
    return
  }
  const here = await readinessAt(answering.origin)
  const there = await readinessAt(baseUrl)
  const asked = await answerOf(`${baseUrl}/feed.json`)
  // Of several machines each request may come to another one.
  const unready = unreadyIn(asked) ?? there.unready
  yield* foundReadiness(config, here, unready)
  if (!isFeed(asked)) {
    // Who is not ready may answer nobody, which is said already.
    if (asked.status !== 503 || unready === undefined) yield misled(config, asked)
    return
  }
  yield await isOurFeed(config, answering.origin, asked)
  if (unready === undefined) yield await foundPolling(config, asked.headers)
  if (config.trustProxy !== false || !isDirect(config)) {
    const text =
      'Whether a proxy tells who asks (X-Forwarded-For), and readers cannot, cannot be seen while Newsstand runs.'
    yield note('Proxy', text, 'Try again while it is stopped.')
  }
  yield ofClock(asked)
}

const isFeed = ({ status, body }: Asked) => status === 200 && feedUrlOf(body) !== undefined

function feedUrlOf(body = ''): string | undefined {
  try {
    const { version, feed_url: url } = JSON.parse(body)
    return String(version).startsWith('https://jsonfeed.org/') ? String(url) : undefined
  } catch {
    return undefined
  }
}

async function isOurFeed(
  { baseUrl, databaseUrl }: Config,
  origin: string,
  { headers, body }: Asked,
): Promise<Finding> {
  const type = headers?.get('content-type') ?? 'none'
  const url = `${baseUrl}/feed.json`
  const said = feedUrlOf(body)
  if (said !== url) {
    const text = `The feed at ${url} says that it is at ${said}.`
    const remedy =
      'Another Newsstand answers there, or this one was started with another BASE_URL: start it anew.'
    return wrong(about, text, remedy)
  }
  if (!type.startsWith('application/feed+json')) {
    const remedy = 'What stands in front changes Content-Type: have it pass headers on as they are.'
    return wrong(about, `The feed at ${url} comes as ${type}.`, remedy)
  }
  const { body: own } = await answerOf(`${origin}/feed.json`)
  if (own === body) return right(about, `${baseUrl} leads here: its feed is that of ${origin}.`)
  const text = `The feed at ${url} is another than that at ${origin}.`
  const remedy = headers?.has('age')
    ? 'It is from a cache, and older. Try again in a minute.'
    : databaseUrl !== undefined
      ? 'Another machine of this site answers there, and one of the two is behind, not ready, or set otherwise. Try again in a minute.'
      : 'Another Newsstand with the same BASE_URL answers there, or a cache does. Try again in a minute.'
  return note(about, text, remedy)
}

/** So far apart nobody notices. Seconds. */
const littleOff = 5
const muchOff = 60

function ofClock({ headers }: Asked): Finding {
  const date = Date.parse(headers?.get('date') ?? '')
  if (Number.isNaN(date)) return right('Clock', 'What answers says no time to compare it with.')
  const seconds = Math.round((Date.now() - date) / 1000)
  const off = Math.abs(seconds)
  // Date has whole seconds.
  if (off <= littleOff) return right('Clock', 'It agrees with the time that the answer states.')
  const way = seconds > 0 ? 'ahead of' : 'behind'
  const text = `It is ${off.toLocaleString('en')} seconds ${way} that of the server in front: one of the two is wrong.`
  const remedy =
    'Articles come out by this clock. Have it set by the network: timedatectl set-ntp true'
  return off > muchOff ? wrong('Clock', text, remedy) : note('Clock', text, remedy)
}

/** What came in place of an answer of ours, and why that may be. */
function misled(config: Config, { status, headers, fault, body }: Asked): Finding {
  const { baseUrl, port, host } = config
  const { hostname, protocol } = new URL(baseUrl)
  const at = `${baseUrl} does not lead here:`
  const upstream = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`
  if (fault !== undefined) {
    const [why, remedy] = reasonOf(fault, config, hostname)
    return wrong(about, `${at} ${why}.`, remedy)
  }
  const location = headers?.get('location')
  if (status !== undefined && status >= 300 && status < 400 && location) {
    const target = URL.parse(location, baseUrl)
    const isSecure = target?.protocol === 'https:' && protocol === 'http:'
    const remedy =
      isSecure && target.hostname === hostname
        ? `Set BASE_URL=https://${target.host}${new URL(baseUrl).pathname.replace(/\/$/, '')}`
        : 'Set BASE_URL to the address that it leads to, or take the redirect away.'
    return wrong(about, `${at} it leads on to ${location}.`, remedy)
  }
  const answers: Readonly<Record<number, [string, string]>> = {
    401: ['it asks for a password', 'Let readers in without one.'],
    403: ['it forbids to read', 'Allow it in the server in front.'],
    404: ['it knows no such address', `Have all below ${baseUrl}/ passed on to ${upstream}.`],
  }
  const [why, remedy] =
    answers[status ?? 0] ??
    (status !== undefined && status >= 500
      ? [
          `it answers with ${status}`,
          `A server in front finds nobody behind it: have it pass all on to ${upstream}, and see its log.`,
        ]
      : [
          `another program answers, with ${status} and ${bytes(body)}`,
          `Have all below ${baseUrl}/ passed on to ${upstream}, or set BASE_URL to where that is done.`,
        ])
  return wrong(about, `${at} ${why}.`, remedy)
}

const bytes = (body = '') => `${Buffer.byteLength(body).toLocaleString('en')} bytes of its own`

/** Of HOST, where nobody else asks. */
const ownHosts = new Set(['127.0.0.1', 'localhost', '::1'])

/** Where nobody listens at the address. */
function remedyOfShut(config: Config): string {
  const { host, port, baseUrl } = config
  if (isDirect(config)) {
    return ownHosts.has(host)
      ? `HOST is ${host}, where only this machine asks. Set HOST=0.0.0.0, or put a proxy in front.`
      : 'Open its port in the firewall.'
  }
  return isLocal(baseUrl)
    ? `PORT is ${port}, and BASE_URL names another one: set BASE_URL to http://localhost:${port}`
    : 'Start the server in front, and open its port in the firewall.'
}

/** Of codes of the system, of OpenSSL and of Node. */
function reasonOf(fault: string, config: Config, hostname: string): [string, string] {
  const { baseUrl } = config
  const shut = remedyOfShut(config)
  const reasons: Readonly<Record<string, [string, string]>> = {
    ENOTFOUND: [
      `no address is known of ${hostname}`,
      `Add ${hostname} to the DNS of your domain, or mend its spelling in BASE_URL.`,
    ],
    EAI_AGAIN: [`no address could be found of ${hostname}`, 'See whether DNS works here.'],
    ECONNREFUSED: ['nobody listens there', shut],
    ETIMEDOUT: [
      'there is no answer within ten seconds',
      'See whether the address is this machine, and a firewall lets its port in.',
    ],
    CERT_HAS_EXPIRED: ['its certificate has expired', 'Renew it: readers refuse it.'],
    ERR_TLS_CERT_ALTNAME_INVALID: [
      `its certificate is for another name than ${hostname}`,
      `Get one for ${hostname}: readers refuse it.`,
    ],
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
      'its certificate comes without those between it and a known one',
      'Give the server the whole chain (fullchain.pem): many readers refuse it.',
    ],
  }
  const selfSigned: [string, string] = [
    'nobody vouches for its certificate',
    'Get one of a known authority: readers refuse it.',
  ]
  if (/SELF_SIGNED/.test(fault)) return selfSigned
  return reasons[fault] ?? [fault, `See what answers at ${baseUrl}.`]
}
