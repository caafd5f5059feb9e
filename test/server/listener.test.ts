import { describe, expect, it } from 'vitest'
import { closeServer, listen } from '../../src/server/listener.ts'

describe('a listener', () => {
  it('outlives connections that cannot be taken, and says so', async () => {
    const said: string[] = []
    const server = await listen((_request, response) => response.end(), {
      port: 0,
      host: '127.0.0.1',
      names: ['PORT', 'HOST'],
      onFault: (message) => said.push(message),
    })
    for (let n = 0; n < 2; n += 1) server.emit('error', new Error('accept ENOBUFS'))
    expect(said).toEqual(Array(2).fill('a connection failed: accept ENOBUFS'))
    await closeServer(server)
  })
})
