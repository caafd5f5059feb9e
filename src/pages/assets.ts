/** The stylesheet and scripts: their addresses change with their content, so caches keep them. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Page, toPage } from './page.ts'

const types: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'copy.js': 'text/javascript; charset=utf-8',
  'preview.js': 'text/javascript; charset=utf-8',
}

export interface Assets {
  /** The URL path of a file in public/. */
  path(name: string): string
  /** A file as it is served; undefined when it is none of these. */
  page(name: string): Promise<Page> | undefined
}

export function readAssets(): Assets {
  const bodies = new Map(
    Object.keys(types).map((name) => [
      name,
      readFileSync(new URL(`../../public/${name}`, import.meta.url), 'utf8'),
    ]),
  )
  const paths = new Map(
    [...bodies].map(([name, body]) => [
      name,
      `/${name}?v=${hash('sha256', body, 'base64url').slice(0, 12)}`,
    ]),
  )
  const pages = new Map<string, Promise<Page>>()
  return {
    path: (name) => paths.get(name) ?? `/${name}`,
    page(name) {
      const body = bodies.get(name)
      const contentType = types[name]
      if (body === undefined || contentType === undefined) return undefined
      const page = pages.get(name) ?? toPage({ contentType, body, dependsOn: [] })
      pages.set(name, page)
      return page
    },
  }
}
