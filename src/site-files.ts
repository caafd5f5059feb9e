/** Files of the site's owner that settings name, such as the logo: read once, and served at addresses of ours. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { ConfigError } from './config-file.ts'

export interface SiteFile {
  /** As it is served: `site-logo.png`. */
  readonly name: string
  /** URL path, which changes with the content. */
  readonly path: string
  readonly type: string
  readonly bytes: Uint8Array
  /** Pixels, of PNG alone. */
  readonly width?: number
  readonly height?: number
}

/** Every page loads them. */
const mostBytes = 1024 * 1024

const kinds: Readonly<Record<string, { type: string; isSuch: (bytes: Buffer) => boolean }>> = {
  '.css': { type: 'text/css; charset=utf-8', isSuch: () => true },
  '.svg': { type: 'image/svg+xml', isSuch: (bytes) => bytes.includes('<svg') },
  '.png': {
    type: 'image/png',
    isSuch: (bytes) => bytes.length > 24 && bytes.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n',
  },
}

/**
 * @param setting that names the file
 * @param path absolute; its ending is one of those above
 * @param name to be served under, without an ending
 * @throws ConfigError
 */
export function readSiteFile(setting: string, path: string, name: string): SiteFile {
  const refuse = (why: string) => new ConfigError(`${setting} is ${path}, ${why}.`)
  const ending = extname(path).toLowerCase()
  const kind = kinds[ending]
  if (!kind) throw refuse('whose ending is not known')
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT')
      throw refuse('and no such file is there. Put it there, or correct the path')
    if (code === 'EACCES') throw refuse('which this user may not read. Give it the right to')
    throw refuse(`which cannot be read: ${message}`)
  }
  if (bytes.length > mostBytes) throw refuse('which has more than a megabyte')
  if (!kind.isSuch(bytes)) throw refuse(`which is no ${ending.slice(1).toUpperCase()} inside`)
  const version = hash('sha256', bytes, 'base64url').slice(0, 12)
  const served = name + ending
  return {
    ...{ name: served, path: `/${served}?v=${version}`, type: kind.type, bytes },
    // PNG 3 §11.2.1: the first chunk begins with them.
    ...(ending === '.png' && { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }),
  }
}
