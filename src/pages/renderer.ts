import { Eta } from 'eta'
import { groundsOf } from '../accent.ts'
import { allTermKinds } from '../catalogue/channel-kinds.ts'
import { kindPath } from '../channels/channel.ts'
import { icons } from '../channels/icons.ts'
import type { Config } from '../config.ts'
import { ownFile } from '../own-files.ts'
import { directionOf } from '../text.ts'
import { wordingIn } from '../words/wording.ts'
import type { Assets } from './assets.ts'
import { type Preview, pagePreview } from './open-graph.ts'

/** A link to another form of the page. */
export interface Alternate {
  readonly type: string
  readonly title: string
  readonly href: string
}

/** A page of ours, as other pages name it. */
export interface PageLink {
  readonly name: string
  readonly path: string
}

/** What every page has, beside what its template shows. */
interface Head {
  /** Without the site's name, which is added. */
  readonly title: string
  readonly description?: string
  /** BCP 47; that of our words unless the page is an article. */
  readonly lang?: string
  /** Absolute. */
  readonly canonical?: string
  readonly alternates?: readonly Alternate[]
  readonly isIndexed?: boolean
  /** Where it is not that of any page. */
  readonly openGraph?: Preview
  /** schema.org, as JSON-LD. */
  readonly jsonLd?: object
  readonly scripts?: readonly string[]
  /** Path of the nav item that the page belongs to. */
  readonly current?: string
}

export interface PageParts {
  readonly head: Head
  /** For the template, under names that are not every template's. */
  readonly data: Readonly<Record<string, unknown>> & {
    readonly [name in keyof Everywhere | 'nav' | 'head']?: never
  }
}

/** Makes a whole page. @param template a file in templates/, without its ending */
export type Renderer = (template: string, parts: PageParts, nav: readonly PageLink[]) => string

/** The path of BASE_URL, below which everything is; '' for most. */
export const basePath = ({ baseUrl }: Config) => new URL(baseUrl).pathname.replace(/\/$/, '')

/** What every template has. */
type Everywhere = ReturnType<typeof everywhereOf>

function everywhereOf(config: Config, assets: Assets, canSearch: boolean) {
  const base = basePath(config)
  const { language, direction, words, say, count, html, either } = wordingIn(config.language)
  /** Of all channels of a kind, as every page links to them. */
  const lists: readonly PageLink[] = allTermKinds.map((kind) => ({
    name: words.kinds[kind].many,
    path: kindPath(kind),
  }))
  /** The URL path of a path of ours. */
  const to = (path: string) => base + path
  const { publisher, baseUrl, icon: ownIcon, logo, stylesheet, copyright } = config
  return {
    ...{ say, count, html, either, text: words },
    own: { lang: language, dir: direction },
    ...{ to, lists, icons, ownIcon, logo, stylesheet, copyright, canSearch },
    grounds: groundsOf(config),
    asset: (name: string) => to(assets.path(name)),
    site: { name: config.siteTitle },
    /** One who states no page of its own has none but this site. */
    about: publisher.url.replace(/\/$/, '') === baseUrl ? undefined : publisher,
    footerLinks: config.footerLinks.map(({ text, url }) => ({
      text,
      url: url.startsWith('/') ? to(url) : url,
    })),
  }
}

/** @param canSearch whether somebody answers searches: pages have no forms for them else */
export function createRenderer(config: Config, assets: Assets, canSearch = true): Renderer {
  const eta = new Eta({ views: ownFile('src/pages/templates'), cache: true })
  const everywhere = everywhereOf(config, assets, canSearch)
  const previewOf = ({ title, description, canonical }: Head) =>
    canonical ? pagePreview({ title, description, url: canonical }, config) : []
  return (template, { head, data }, nav) => {
    const lang = head.lang ?? everywhere.own.lang
    return eta.render(`./${template}`, {
      ...everywhere,
      ...data,
      nav,
      head: {
        ...head,
        lang,
        dir: directionOf(lang),
        scripts: head.scripts ?? [],
        openGraph: head.openGraph ?? previewOf(head),
        // Inside a script element "<" could end it.
        jsonLd: head.jsonLd && JSON.stringify(head.jsonLd).replaceAll('<', '\\u003c'),
      },
    })
  }
}
