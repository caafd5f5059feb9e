import pino, { type Logger } from 'pino'

export type { Logger }

/** Loaded where somebody looks. */
const pretty = process.stderr.isTTY ? (await import('pino-pretty')).default : undefined

/** The log, on standard error: lines for people on a terminal, JSON otherwise. */
export function createLog(level: string): Logger {
  if (!pretty) return pino({ level }, pino.destination({ dest: 2, sync: true }))
  return pino(
    { level },
    pretty({ destination: 2, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', sync: true }),
  )
}
