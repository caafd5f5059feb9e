/**
 * `Temporal`, loaded where it is missing: Node 24 has none, and the polyfill takes 20 ms to load. It is not put among
 * the globals, which are those of whoever embeds us.
 */
export const Temporal: typeof globalThis.Temporal =
  globalThis.Temporal ?? (await import('temporal-polyfill')).Temporal
