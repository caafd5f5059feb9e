/** The stylesheet and scripts: their addresses change with their content, so caches keep them. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ownFile } from '../own-files.ts'
import { toPage } from './page.ts'

const types: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'copy.js': 'text/javascript; charset=utf-8',
  'preview.js': 'text/javascript; charset=utf-8',
}

export type Assets = ReturnType<typeof readAssets>

export function readAssets() {
  const files = new Map(
    Object.entries(types).map(([name, contentType]) => {
      const body = readFileSync(ownFile(`public/${name}`), 'utf8')
      const version = hash('sha256', body, 'base64url').slice(0, 12)
      const page = toPage({ contentType, body, dependsOn: [] })
      return [name, { path: `/${name}?v=${version}`, page }]
    }),
  )
  return {
    /** The URL path of a file in public/. */
    path: (name: string) => files.get(name)?.path ?? `/${name}`,
    /** A file as it is served; undefined when it is none of these. */
    page: (name: string) => files.get(name)?.page,
  }
}
