/** The settings that follow from what the configuration of a site's generator says. */
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { isAllowed } from '../config.ts'
import { plainText } from '../intake/formats/front-matter/front-matter-text.ts'
import type { Setting } from '../setting-kinds.ts'
import { settings } from '../settings.ts'
import { readSiteFile } from '../site-files.ts'
import { cleanLine } from '../text.ts'
import { type SiteValue, type SiteValues, siteValues } from './site-values.ts'

interface ProposedSetting {
  readonly text: string
  /** Whence it is, as people are told it: `title in _config.yml`. */
  readonly from: string
}

export interface ProposedSettings {
  /** By the names of settings. */
  readonly settings: ReadonlyMap<string, ProposedSetting>
  /** What could not be taken, a line each. */
  readonly faults: readonly string[]
}

/** Where generators and their themes state it, the likeliest first. */
const names = {
  title: ['title', 'site_title', 'site_name', 'params.title', 'name'],
  description: [
    ...['description', 'site_description', 'params.description'],
    ...['tagline', 'subtitle', 'params.subtitle'],
  ],
  language: [
    ...['lang', 'locale', 'language', 'languagecode'],
    ...['default_language', 'defaultcontentlanguage'],
  ],
  timeZone: ['timezone', 'time_zone'],
  address: ['url', 'baseurl', 'base_url', 'site'],
  /** Below the address. */
  path: ['baseurl', 'base'],
  logo: ['logo', 'params.logo', 'params.logo.src', 'params.logo.path'],
  icon: ['icon', 'params.icon', 'favicon', 'params.favicon', 'params.assets.favicon'],
}

/** Where generators have the files that they serve from the root of the site. */
const servedFolders = ['', 'static', 'public', 'assets', 'source', 'src']

/**
 * @param folder of the settings, which are relative to it; the site's, or within that
 */
export async function proposedSettings(folder: string): Promise<ProposedSettings> {
  let site = resolve(folder)
  let found = await siteValues(site)
  if (found.values.size === 0 && found.faults.length === 0) {
    site = dirname(site)
    found = await siteValues(site)
  }
  return settingsOf(folder, site, found)
}

function settingsOf(folder: string, site: string, found: SiteValues): ProposedSettings {
  const proposed = new Map<string, ProposedSetting>()
  const faults = [...found.faults]
  const { values } = found
  const said = (value: SiteValue) =>
    `${value.name} in ${relative(resolve(folder), join(site, value.file))}`

  /** The first of them that says anything, of the site's own language before all. */
  function firstOf(all: readonly string[]) {
    const language = values.get('defaultcontentlanguage')?.text.toLowerCase() ?? 'en'
    const some = all.flatMap((name) => [`languages.${language}.${name}`, name])
    for (const name of some) {
      const value = values.get(name)
      if (value && value.text.trim() !== '') return value
    }
    return undefined
  }

  function propose(
    setting: Setting,
    all: readonly string[],
    read: (text: string) => string = lineOf,
  ): void {
    const value = firstOf(all)
    if (!value) return
    const text = read(value.text)
    if (text !== '' && isAllowed(setting, text)) {
      proposed.set(setting.name, { text, from: said(value) })
    } else faults.push(`${said(value)} is no ${setting.name}: allowed is ${setting.allowed}`)
  }

  function proposeFile(setting: Setting, all: readonly string[]): void {
    const value = firstOf(all)
    // Others are names of a theme's, or switches.
    if (!value || !/[./]/.test(value.text)) return
    const leaveOut = (why: string) => faults.push(`${said(value)} is no ${setting.name}: ${why}`)
    if (/^(?:\w+:|\/\/)/.test(value.text)) {
      leaveOut('it is an address, and no file of the site')
      return
    }
    const paths = servedFolders.map((one) => join(site, one, value.text))
    const path = paths.find((one) => existsSync(one))
    if (path === undefined) {
      leaveOut(`there is no file ${value.text}`)
      return
    }
    try {
      if (!setting.isValid(path)) throw new Error(`allowed is ${setting.allowed}`)
      readSiteFile(setting.name, path, '')
      proposed.set(setting.name, { text: relative(resolve(folder), path), from: said(value) })
    } catch (error) {
      leaveOut((error as Error).message)
    }
  }

  const { siteTitle, siteDescription, language, timeZone } = settings
  propose(siteTitle, names.title)
  propose(siteDescription, names.description)
  propose(language, names.language, (text) => text.trim().replaceAll('_', '-'))
  propose(timeZone, names.timeZone, (text) => text.trim())
  proposeFile(settings.logo, names.logo)
  proposeFile(settings.icon, names.icon)
  const address = names.address
    .map((name) => firstOf([name]))
    .find((value) => value && isHost(value.text))
  const path = firstOf(names.path)
  if (address) {
    const isBelow = path && path.name !== address.name && /^\/?[\w-][^:]*$/.test(path.text)
    const below = isBelow ? path : undefined
    const text = settings.baseUrl.read(
      address.text.replace(/\/*$/, '/') + (below?.text ?? '').replace(/^\//, ''),
    )
    if (isAllowed(settings.baseUrl, text)) {
      proposed.set(settings.baseUrl.name, {
        text,
        from: below ? `${address.name} and ${said(below)}` : said(address),
      })
    }
  }
  return { settings: proposed, faults }
}

/** Themes show what is HTML or a link in them. */
const lineOf = (text: string) => cleanLine(plainText(text.replace(/<\/?br\b[^<>]*>/gi, ' ')))

/** Whether it is an address of somebody's: examples are left as they came. */
function isHost(text: string): boolean {
  const host = URL.parse(text)?.hostname ?? ''
  return (
    settings.baseUrl.isValid(text) &&
    !/^(?:(?:www\.)?example\.(?:com|net|org)|localhost|127\..*|0\.0\.0\.0)$/.test(host)
  )
}
