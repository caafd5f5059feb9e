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
