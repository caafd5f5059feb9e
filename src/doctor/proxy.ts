/** Whether readers are believed to be whom a proxy says, and not whom they say: X-Forwarded-For and TRUST_PROXY. */
import type { IncomingHttpHeaders } from 'node:http'
import express from 'express'
import type { Config } from '../config.ts'
import { type Finding, note, right, wrong } from './finding.ts'

/** What the doctor says it is, as any reader may: the address of nobody (RFC 5737). */
export const madeUp = '192.0.2.213'
/** In place of the doctor's own: readers come from elsewhere than this machine, which may be trusted. */
const stranger = '198.51.100.213'

const about = 'Proxy'
const line = 'In nginx: proxy_set_header X-Forwarded-For $remote_addr;'

/** Whether readers come without anything between. */
export function isDirect({ baseUrl, port }: Config): boolean {
  const { port: stated, protocol } = new URL(baseUrl)
  return Number(stated || (protocol === 'https:' ? 443 : 80)) === port
}

/**
 * @param headers of a request that has come through all that stands in front, and had `madeUp` as its X-Forwarded-For
 * @param sender the address that handed it on
 */
export function foundProxy(config: Config, headers: IncomingHttpHeaders, sender: string): Finding {
  const { trustProxy, host, port } = config
  const list = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const forwarded = list.map((one) => one.trim()).filter((one) => one !== '')
  const told = forwarded.slice(forwarded.indexOf(madeUp) + 1)
  const isTrusted = trustProxy !== false && trustProxy !== 0
  if (clientOf(config, sender, forwarded) === madeUp) {
    if (told.length === 0 && !isDirect(config)) {
      const text = `TRUST_PROXY is ${trustProxy}, and no X-Forwarded-For arrives: who sends one is whoever he says.`
      return wrong(about, text, `Have the proxy send it, or set TRUST_PROXY=false. ${line}`)
    }
    const proxies = told.length === 1 ? 'one proxy tells' : `${told.length || 'no'} proxies tell`
    const text = `TRUST_PROXY is ${trustProxy}, and ${proxies} who asks: who sends an X-Forwarded-For is whoever he says.`
    return wrong(about, text, `Set TRUST_PROXY=${told.length || 'false'}`)
  }
  if (told.length > 0 && isTrusted) {
    return right(about, 'It tells who asks (X-Forwarded-For), and TRUST_PROXY has that believed.')
  }
  if (told.length > 0) {
    const text =
      'It tells who asks (X-Forwarded-For), and is not believed: all readers count as one.'
    const these = told.length === 1 ? 'this one proxy is' : `these ${told.length} proxies are`
    return note(
      about,
      text,
      `Set TRUST_PROXY=${told.length}, if ${these} all that stands in front.`,
    )
  }
  if (isDirect(config)) return right(about, `There is none: ${host}:${port} is asked directly.`)
  const text = 'It does not tell who asks (X-Forwarded-For): all readers count as one.'
  return note(about, text, isTrusted ? line : `${line} Then set TRUST_PROXY=1.`)
}

/** Whom Express takes the client to be, were it a reader: the nearest who is not trusted. */
function clientOf(config: Config, sender: string, forwarded: readonly string[]): string {
  const app = express().set('trust proxy', config.trustProxy)
  const trusts: (address: string, hop: number) => boolean = app.get('trust proxy fn')
  const chain = [...forwarded, sender]
  const doctor = chain.indexOf(madeUp) + 1
  if (doctor < chain.length - 1 || isDirect(config)) chain[doctor] = stranger
  chain.reverse()
  return chain.find((address, hop) => !trusts(address, hop)) ?? chain.at(-1) ?? ''
}
