/**
 * What hosts have to say of the files of a static build: the headers that the live server has, without those that are of
 * one file (type, ETag, date, Link) and those that a host has of itself (Vary of what is packed).
 */
import type { Config } from '../../config.ts'
import { anyOrigin } from '../../server/any-origin.ts'
import { pageSecurity } from '../../server/page-headers.ts'
import { cachingOf, type FileKind } from '../what-is-written.ts'

type Headers = Readonly<Record<string, string>>

const nosniff = { 'X-Content-Type-Options': 'nosniff' }
/** Readers and pages of any origin may read it (fetch.spec.whatwg.org). */
const readable = { 'Access-Control-Allow-Origin': '*' }

/** @param kind 'error' of the pages that say what is not there */
export function hostHeaders(kind: FileKind | 'error', config: Config): Headers {
  if (kind === 'error') {
    return { ...pageSecurity(), ...nosniff, ...readable, 'Cache-Control': 'no-cache' }
  }
  const caching = { 'Cache-Control': cachingOf(kind, config) }
  switch (kind) {
    case 'page':
      return { ...pageSecurity(), ...nosniff, ...caching }
    case 'feed': {
      const exposed = { 'Access-Control-Expose-Headers': 'ETag, Link' }
      return { ...caching, ...readable, ...exposed, ...anyOrigin, ...nosniff }
    }
    case 'file':
      return { ...caching, ...readable, ...anyOrigin, ...nosniff }
    default:
      return { ...caching, ...anyOrigin, ...nosniff }
  }
}
