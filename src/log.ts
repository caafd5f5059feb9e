import pino, { type LogFn, type Logger, type LoggerOptions } from 'pino'
import { printable } from './text.ts'

export type { Logger }

/** Loaded where somebody looks. */
const pretty = process.stderr.isTTY ? (await import('pino-pretty')).default : undefined

/** The log, on standard error: lines for people on a terminal, JSON otherwise. */
export function createLog(level: string): Logger {
  const options: LoggerOptions = { level, hooks: { logMethod }, serializers: { err: describe } }
  if (!pretty) return pino(options, pino.destination({ dest: 2, sync: true }))
  return pino(
    options,
    pretty({ destination: 2, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', sync: true }),
  )
}

/** Messages name files and quote them: what these hold must not act on a terminal. */
function logMethod(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const safe = args.map((one: unknown) => (typeof one === 'string' ? printable(one) : one))
  method.apply(this, safe as typeof args)
}

/** An error likewise; its stack has a line for each call. */
function describe(error: unknown) {
  if (!(error instanceof Error)) return error
  const { message, stack, ...others } = pino.stdSerializers.err(error)
  const lines = stack.split('\n').map(printable)
  return { ...others, message: printable(message), stack: lines.join('\n') }
}
