import { createSocket } from 'node:dgram'
import { getServers, setServers } from 'node:dns'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { onTestFinished } from 'vitest'

const inet = 1
const inet6 = 28

/**
 * Answers for names (RFC 1035 §4) and has this process ask here, until the test is over.
 * @param addresses of a name, each time it is asked for
 * @returns the names that addresses of IPv4 were asked for
 */
export async function serveNames(addresses: (name: string) => string[]): Promise<string[]> {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const { name, end } = readName(query)
    const type = query.readUInt16BE(end)
    if (type === inet) asked.push(name)
    const found = addresses(name).filter((ip) => isIPv6(ip) === (type === inet6))
    const records = found.map((ip) => {
      const data = Buffer.from(ipaddr.parse(ip).toByteArray())
      // The name is the one at byte 12; class IN, kept for no time.
      return Buffer.concat([
        Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, data.length]),
        data,
      ])
    })
    const head = Buffer.from([
      query[0] ?? 0,
      query[1] ?? 0,
      0x81,
      0x80,
      0,
      1,
      0,
      found.length,
      0,
      0,
      0,
      0,
    ])
    socket.send(Buffer.concat([head, query.subarray(12, end + 4), ...records]), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const before = getServers()
  setServers([`127.0.0.1:${socket.address().port}`])
  onTestFinished(() => {
    setServers(before)
    socket.close()
  })
  return asked
}

/** @returns the name that is asked for, and where it ends */
function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}
