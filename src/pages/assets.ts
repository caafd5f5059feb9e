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
  const files = new Map(
    Object.entries(types).map(([name, contentType]) => {
      const body = readFileSync(new URL(`../../public/${name}`, import.meta.url), 'utf8')
      const version = hash('sha256', body, 'base64url').slice(0, 12)
      const page = toPage({ contentType, body, dependsOn: [] })
      return [name, { path: `/${name}?v=${version}`, page }]
    }),
  )
  return {
    path: (name) => files.get(name)?.path ?? `/${name}`,
    page: (name) => files.get(name)?.page,
  }
}
