/** What sends requests to others: one at a time for each, bounded in time, in number, and in what it reads of the answers. */

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST'
  /** Absolute; http or https. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | string
  /** Whether the operator has named the address: then it may be one of the inner network. */
  readonly isTrusted: boolean
}

export type Answer =
  | {
      readonly status: number
      /** The beginning of it, as UTF-8; no more than a few thousand bytes. */
      readonly text: string
      /** What Retry-After asks for. */
      readonly retryAfterMs?: number
    }
  /** There was none. @member isRefused whether it was never sent, since its address is none that may be asked */
  | { readonly fault: string; readonly isRefused: boolean }

export interface Sender {
  /** Never throws, follows no redirect, and has ended within some seconds. */
  send(request: OutgoingRequest): Promise<Answer>
  close(): Promise<void>
}
