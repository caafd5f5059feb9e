/**
 * A handler that any server calls. In a file of its own: who uses our types has none of Express's, where that is not used.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Of what is not ours to answer: `next` is called, where there is one, and the request is as it was. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void
