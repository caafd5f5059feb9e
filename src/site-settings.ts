/** The settings that all machines of a site have to have alike. */
import { hash } from 'node:crypto'
import type { Config } from './config.ts'
import { settings } from './settings.ts'

/** A machine's own. */
const own: readonly string[] = [
  'PORT',
  'HOST',
  'ADMIN_PORT',
  'ADMIN_HOST',
  'ADMIN_TOKEN',
  'WORKERS',
  'ARTICLES_DIR',
  'DATA_DIR',
  'DATABASE_URL',
  'EMPTY_FOLDER_MINUTES',
  'WATCH',
  'TRUST_PROXY',
  'DOWNLOADS_PER_HOUR',
  'LOG_LEVEL',
  'ACCESS_LOG',
]

/** What stands for a value: some are secret, some long. */
const summary = (value: unknown) =>
  hash('sha256', JSON.stringify(value) ?? '', 'base64url').slice(0, 12)

/** By the names of settings, what stands for their values. */
export function siteSettings(config: Config): Record<string, string> {
  const { publisher, topics, footerLinks } = config
  const known = Object.entries(settings)
    .filter(([key, { name }]) => key in config && !own.includes(name))
    .map(([key, { name }]) => [name, config[key as keyof Config]] as const)
  const all = [
    ...known,
    ['PUBLISHER_NAME', publisher.name],
    ['PUBLISHER_URL', publisher.url],
    ['PUBLISHER_FEED_URL', publisher.feedUrl],
    ['topics', topics],
    ['footerLinks', footerLinks],
  ] as const
  return Object.fromEntries(all.map(([name, value]) => [name, summary(value)]))
}
