import pino, { type Logger } from 'pino'
import pretty from 'pino-pretty'

export type { Logger }

/** The log, on standard error: lines for people on a terminal, JSON otherwise. */
export function createLog(level: string): Logger {
  if (!process.stderr.isTTY) return pino({ level }, pino.destination({ dest: 2, sync: true }))
  return pino(
    { level },
    pretty({ destination: 2, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', sync: true }),
  )
}
