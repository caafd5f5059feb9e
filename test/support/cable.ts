/** What lies between a program and a database: it can be cut, and become slow or silent. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Cable extends AsyncDisposable {
  readonly port: number
  /** Breaks what is connected; until it is mended nobody is let in. */
  cut(): void
  /** Nothing comes through any more, and nobody is told. */
  silence(): void
  /** Each piece takes so long. */
  slow(ms: number): void
  /** New connections are as they should be; those that were silenced are broken. */
  mend(): void
}

/** @param to a port of this machine */
export async function layCable(to: number): Promise<Cable> {
  const sockets = new Set<Socket>()
  let isCut = false
  let isSilent = false
  let delayMs = 0

  const piecewise = () =>
    new Transform({
      async transform(chunk, _, done) {
        while (isSilent) await sleep(20)
        if (delayMs > 0) await sleep(delayMs)
        done(null, chunk)
      },
    })

  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }

  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(to, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(piecewise()).pipe(far)
    far.pipe(piecewise()).pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('there is no port')

  return {
    port: address.port,
    cut() {
      isCut = true
      breakAll()
    },
    silence() {
      isSilent = true
    },
    slow(ms) {
      delayMs = ms
    },
    mend() {
      if (isSilent) breakAll()
      isCut = false
      isSilent = false
      delayMs = 0
    },
    async [Symbol.asyncDispose]() {
      isSilent = false
      breakAll()
      server.close()
      await once(server, 'close')
    },
  }
}
