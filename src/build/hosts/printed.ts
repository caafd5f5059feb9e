/** Configurations are printed once and read by a host for long: a build knows when what was printed is outdated. */
import { hash } from 'node:crypto'
import type { Ledger } from '../ledger.ts'
import { type HostName, hostConfig, hostNames } from './host-config.ts'

type Asked = Parameters<typeof hostConfig>[1]

const sumOf = (text: string) => hash('sha1', text, 'base64url')

/** @returns the configuration, which is noted as the one that the host has from now on */
export async function printFor(host: HostName, asked: Asked, ledger: Ledger): Promise<string> {
  const text = await hostConfig(host, asked)
  ledger.putSetting('printed', `${host} ${sumOf(text)}`)
  return text
}

/** @returns sentences for whoever has had one printed that is another now */
export async function ofOutdated(asked: Asked, ledger: Ledger): Promise<string[]> {
  const [name, sum] = ledger.setting('printed')?.split(' ') ?? []
  const host = hostNames.find((one) => one === name)
  if (host === undefined || sumOf(await hostConfig(host, asked)) === sum) return []
  return [
    `The configuration for ${host} is another than when it was printed: print it anew (--print ${host}) and have ${host} read it. ` +
      'Until then it knows nothing of what has moved or was removed since.',
  ]
}
