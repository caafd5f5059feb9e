/** The log: lines for people where everything goes to a terminal, else a line of JSON each. */
import pino, { type LogFn, type LoggerOptions, type Logger as PinoLogger } from 'pino'
import type { PrettyOptions } from 'pino-pretty'
import sonicBoom, { type SonicBoom } from 'sonic-boom'
import type { Config } from './config.ts'
import { printable } from './text.ts'

/** What is told what happens. Those of pino and Fastify are such. */
export interface Logger {
  info(message: string): void
  info(fields: object, message: string): void
  warn(message: string): void
  error(message: string): void
  /** @param fields `err`: the error */
  error(fields: object, message: string): void
}

/** Whether a person reads along. */
export const isForPeople = process.stdout.isTTY && process.stderr.isTTY

// A terminal may be closed while we write: whoever read it is gone.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

/** Loaded where somebody looks. */
const prettyFactory = isForPeople ? (await import('pino-pretty')).prettyFactory : undefined

/** Bytes that wait for whoever reads the output; what comes beyond is dropped. */
const mostWaiting = 1024 * 1024

/**
 * What is written there is never waited for: whoever reads may stall or be gone, and a disk be full.
 * @param dest 1 for standard output, 2 for standard error
 * @param minLength bytes that are written together
 * @param maxWrite so many at most, but for a line that is longer
 */
export function openOutput(dest: 1 | 2, minLength = 0, maxWrite?: number): SonicBoom {
  // Not through pino.destination: at the end that waits for whoever reads.
  const output = new sonicBoom.SonicBoom({
    fd: dest,
    sync: false,
    minLength,
    maxLength: mostWaiting,
    ...(maxWrite && { maxWrite }),
  })
  // There is nobody left to tell, and it is tried again with the next line.
  output.on('error', () => {})
  process.once('beforeExit', () => output.flush())
  return output
}

/** The log, on standard error. */
export function createLog({ logLevel, timeZone }: Pick<Config, 'logLevel' | 'timeZone'>): Logger {
  const output = openOutput(2)
  let dropped = 0
  output.on('drop', () => {
    dropped += 1
  })
  output.on('drain', () => {
    if (dropped === 0) return
    const lines = dropped
    dropped = 0
    log.warn(`${lines} lines of the log are missing here: whoever reads it was too slow`)
  })
  const pretty = prettyFactory?.(forPeople(timeZone))
  const stream = pretty ? { write: (line: string) => void output.write(pretty(line)) } : output
  const log = pino({ ...asJson, level: logLevel, hooks: { logMethod } }, stream)
  return log
}

/** What every line of JSON has in common, here and in the access log. */
export const asJson: LoggerOptions = {
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: describe },
}

function forPeople(timeZone: string): PrettyOptions {
  const time = (value: unknown) => `[${clockText(new Date(String(value)), timeZone)}]`
  return { colorize: true, translateTime: false, customPrettifiers: { time } }
}

/** The time of day as people on a terminal are told it, such as 09:33:00. */
export const clockText = (time: Date, timeZone: string): string =>
  time.toLocaleTimeString('en-GB', { timeZone })

/** Messages name files and quote them: what these hold must not act on a terminal. */
function logMethod(this: PinoLogger, args: Parameters<LogFn>, method: LogFn): void {
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
