/** Loads `Temporal` where it is missing: Node 24 has none, and the polyfill takes 20 ms to load. */
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
