/** Nothing of the site can be changed by a request. */
export const methods = 'GET, HEAD, OPTIONS'

/** What a browser is answered before a web reader's conditional request, or one for a delta (fetch.spec.whatwg.org §3.2). */
export const preflight = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': methods,
  'Access-Control-Allow-Headers': 'A-IM, If-Modified-Since, If-None-Match',
  'Access-Control-Max-Age': '86400',
} as const
