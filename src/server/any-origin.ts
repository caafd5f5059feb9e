/**
 * Said of what readers and pages of any origin load: feeds, what they name, and media. An app that mounts us may have
 * said otherwise of all its answers, as helmet does (fetch.spec.whatwg.org §3.7).
 */
export const anyOrigin = { 'Cross-Origin-Resource-Policy': 'cross-origin' } as const
