import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'

const own = ["'self'"]
const nothing = ["'none'"]

const setHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': nothing,
      'style-src': own,
      'font-src': own,
      'script-src': own,
      'img-src': own,
      'media-src': own,
      'connect-src': own,
      'manifest-src': own,
      'form-action': own,
      'base-uri': nothing,
      'frame-ancestors': nothing,
    },
  },
  // Whether every host of the domain speaks https is for the server in front to say.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
})

/** What keeps a page from loading or running anything that is not ours (w3.org/TR/CSP3). */
export function securePage(request: IncomingMessage, response: ServerResponse): void {
  setHeaders(request, response, () => {})
}

/** The same, for hosts that serve pages in our place. Names and values. */
export function pageSecurity(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name] = value
    },
    removeHeader: () => {},
  }
  setHeaders({} as IncomingMessage, response as unknown as ServerResponse, () => {})
  return headers
}
