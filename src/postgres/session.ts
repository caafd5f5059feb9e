/** One connection to PostgreSQL, with an end to every wait. */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type QueryConfig, types } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { connectOptions, explain } from './database.ts'

/** A statement that takes longer hangs: each is about few rows. */
const patienceMs = 10_000
/** Of rows, each of which may have 2 MB. */
const rowsPatienceMs = 60_000
const longPatienceMs = 600_000
/** 64-bit numbers, of which ours are all such that a number holds exactly. */
const bigint = 20

/** What the types of pg leave out. */
interface WithProcess {
  /** The process of the server, as it was named when the connection was made. */
  readonly processID: number
}

/** Nothing here names a type of pg's, which whoever embeds us does not have. */
export interface Session {
  /** The process of the server, as it was named when the connection was made. */
  readonly processId: number
  isLost(): boolean
  /** @throws Error when it fails or takes too long; the connection is lost then */
  ask<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** The same of a statement that is about a whole table. */
  wait(text: string): Promise<void>
  /** Rows as they stand in a table: their values in turn. */
  rows<Row>(text: string, values?: unknown[]): Promise<Row[]>
  /**
   * @param text of a COPY … FROM STDIN
   * @param pieces of what is copied
   * @throws whatever they throw; the connection is lost then as well
   */
  copyInto(text: string, pieces: Iterable<string>): Promise<void>
  /** @param begin the first statement, where it is another than BEGIN; what `act` throws undoes all of it */
  transaction<T>(act: () => Promise<T>, begin?: string): Promise<T>
  /** Gives it up. @returns what is to be thrown */
  lose(error: unknown): Error
  close(): Promise<void>
}

export interface Notice {
  readonly channel: string
  readonly payload?: string | undefined
}

/**
 * @param onNotice is told what somebody has notified us of
 * @throws Error that says why there is none, without the password
 */
export async function connect(
  url: string,
  onNotice: (notice: Notice) => void = () => {},
): Promise<Session> {
  let fault: Error | undefined
  const client = await connected(url, (made) => {
    made.on('error', (error) => {
      fault ??= error
    })
    made.on('end', () => {
      fault ??= new Error('the connection has ended')
    })
    made.on('notification', onNotice)
  })

  /** Whatever is wrong once, the state of the connection is not known any more. */
  function lose(error: unknown): Error {
    fault ??= error as Error
    // It may hang as well: nobody waits for it.
    client.end().catch(() => {})
    client.connection?.stream?.destroy()
    return new Error(explain(fault, url), { cause: fault })
  }

  async function query(config: QueryConfig & { query_timeout: number }) {
    if (fault) throw lose(fault)
    try {
      return (await client.query(config)).rows
    } catch (error) {
      throw lose(error)
    }
  }

  return {
    processId: client.processID,
    async copyInto(text, pieces) {
      if (fault) throw lose(fault)
      const stream = client.query(copyFrom(text))
      const finished = once(stream, 'finish')
      // What goes wrong meanwhile is found where it is waited for.
      finished.catch(() => {})
      const patiently = async (waiting: Promise<unknown>) => {
        try {
          await Promise.race([waiting, tooLong()])
        } catch (error) {
          throw lose(error)
        }
      }
      try {
        for (const piece of pieces) {
          if (!stream.write(piece)) await patiently(Promise.race([once(stream, 'drain'), finished]))
        }
      } catch (error) {
        lose(error)
        throw error
      }
      stream.end()
      await patiently(finished)
    },
    async transaction(act, begin = 'BEGIN') {
      await query({ text: begin, query_timeout: patienceMs })
      try {
        const result = await act()
        await query({ text: 'COMMIT', query_timeout: longPatienceMs })
        return result
      } catch (error) {
        if (!fault) await query({ text: 'ROLLBACK', query_timeout: patienceMs }).catch(() => {})
        throw error
      }
    },
    isLost: () => fault !== undefined,
    ask: async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
      (await query({ text, values, query_timeout: patienceMs })) as Row[],
    async wait(text: string): Promise<void> {
      await query({ text, query_timeout: longPatienceMs })
    },
    rows: async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
      (await query({
        ...{ text, values, rowMode: 'array' },
        query_timeout: rowsPatienceMs,
      })) as Row[],
    lose,
    async close(): Promise<void> {
      fault ??= new Error('the connection was closed')
      await Promise.race([client.end().catch(() => {}), after(1000)])
      // Where the other side says nothing, it would keep the process for as long as a statement may take.
      client.connection?.stream?.destroy()
    },
  }
}

/** @param prepare is given it before it connects */
async function connected(
  url: string,
  prepare: (client: Client) => void,
): Promise<Client & WithProcess> {
  try {
    const client = new Client({
      ...connectOptions(url),
      types: {
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          oid === bigint ? Number : types.getTypeParser(oid, format),
      },
    })
    prepare(client)
    await client.connect()
    return client as Client & WithProcess
  } catch (error) {
    throw new Error(explain(error, url), { cause: error })
  }
}

const after = (ms: number) => sleep(ms, undefined, { ref: false })

async function tooLong(): Promise<never> {
  await after(longPatienceMs)
  throw new Error('it takes nothing any more')
}
