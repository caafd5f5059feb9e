/** Bytes to a server and from it, with no HTTP client in between that would mend them. */
import { connect, type Socket } from 'node:net'
import { expect } from 'vitest'
import { ask } from './http.ts'
import type { Newsstand } from './newsstand.ts'

export interface Exchange {
  /** All that came back; one character a byte. */
  readonly text: string
  /** The statuses of the answers, in their order. */
  readonly statuses: readonly number[]
  /** Whether the server closed the connection. */
  readonly isClosed: boolean
}

/**
 * Sends bytes, one character each, and waits until the server closes, or says nothing more once
 * it has begun as many answers as are expected.
 */
export function exchange(url: string, bytes: string, expected = 1): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = open(url)
    let text = ''
    let quiet: NodeJS.Timeout
    const end = (isClosed: boolean) => {
      clearTimeout(quiet)
      socket.destroy()
      resolve({ text, statuses: statusesOf(text), isClosed })
    }
    const wait = () => {
      clearTimeout(quiet)
      // What is expected may take long on a busy machine; what is not would follow at once.
      const isAnswered = statusesOf(text).length >= expected
      quiet = setTimeout(() => end(false), isAnswered ? 150 : 3000)
    }
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      wait()
    })
    socket.on('close', () => end(true))
    socket.write(bytes, 'latin1')
    wait()
  })
}

/** A connection whose faults are nobody's. */
export function open(url: string): Socket {
  const { hostname, port } = new URL(url)
  return connect(Number(port), hostname).on('error', () => {})
}

const statusesOf = (text: string) =>
  [...text.matchAll(/^HTTP\/1\.[01] (\d{3}) /gm)].map(([, status]) => Number(status))

/** A request with these lines as its headers. */
export const get = (target: string, ...headers: readonly string[]) =>
  [`GET ${target} HTTP/1.1`, 'Host: x', ...headers, '', ''].join('\r\n')

/** After an attack: it serves, and nothing was logged as a fault. */
export async function expectWell(newsstand: Newsstand): Promise<void> {
  expect((await ask(`${newsstand.url}/healthz`)).status).toBe(200)
  expect((await ask(`${newsstand.url}/rss.xml`)).status).toBe(200)
  expect(newsstand.output()).not.toMatch(/"level":[56]0|Error/)
}
