/** What programs are told of what goes wrong when they change articles. */
import type { ErrorRequestHandler } from 'express'
import type { Logger } from '../log.ts'
import { PathError } from './article-files.ts'
import { sendProblem } from './problem.ts'

type Problem = readonly [status: number, detail: string]

const notWritten =
  'The articles folder cannot be written. Let the user that Newsstand runs as write it; in a systemd unit name it in ' +
  'ReadWritePaths=, and mount it into a container without "ro".'
const isFull: Problem = [507, 'The disk of the articles folder is full, or its quota is used up.']

/** By codes of the system. */
const faults: Readonly<Record<string, Problem>> = {
  EROFS: [500, notWritten],
  EACCES: [500, notWritten],
  EPERM: [500, notWritten],
  ENOSPC: isFull,
  EDQUOT: isFull,
  ENAMETOOLONG: [400, 'This path is longer than the file system takes.'],
  ELOOP: [400, 'A link in this path leads to itself.'],
}

/** What is wrong with a request, or here; without names of files, which are the log's. */
export function problemOf(error: unknown): Problem {
  if (error instanceof PathError) return [400, error.message]
  const { code = '', status = 500 } = error as { code?: string; status?: number }
  if (status >= 400 && status < 500) return [status, 'This request cannot be understood.']
  return faults[code] ?? [500, 'Something went wrong here; it has been logged.']
}

/** Answers all of them, and logs those that are not of the request's making. */
export function adminFaults(log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    // Who has gone is told nothing.
    if (request.socket.destroyed || response.headersSent) {
      response.destroy()
      return
    }
    const [status, detail] = problemOf(error)
    if (status >= 500) {
      log.error(`${request.method} ${request.path} failed: ${(error as Error).message}`)
    }
    sendProblem(response, status, detail)
  }
}
