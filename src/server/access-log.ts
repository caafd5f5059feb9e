import type { RequestHandler } from 'express'
import pino from 'pino'
import { originForm } from '../channels/feed-addresses.ts'
import { asJson, openOutput } from '../log.ts'
import { printable } from '../text.ts'

/** Bytes of lines that are written together; one write a line would cost a third of the speed. */
const together = 15 * 1024
const longestWaitMs = 1000

/** What a pipe takes in one piece, whoever else writes into it (POSIX, PIPE_BUF: 4,096 on Linux, 512 at least). */
const inOnePiece = 4096

/**
 * Logs every request as a line of JSON on standard output.
 * @param isShared whether other processes write there as well: none of their lines may be torn
 */
export function createAccessLog(isShared: boolean): RequestHandler {
  const output = isShared ? openOutput(1, inOnePiece - 1, inOnePiece) : openOutput(1, together)
  setInterval(() => output.flush(), longestWaitMs).unref()
  const log = pino(asJson, output)
  return (request, response, next) => {
    const { ip, method, url, headers, socket } = request
    const agent = headers['user-agent']
    const before = socket.bytesWritten
    response.once('finish', () => {
      log.info({
        ip,
        method,
        // Before its host may stand a password.
        url: printable(originForm(url)),
        status: response.statusCode,
        bytes: socket.bytesWritten - before,
        agent: agent && printable(agent),
      })
    })
    next()
  }
}
