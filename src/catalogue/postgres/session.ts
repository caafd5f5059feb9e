/** One connection to PostgreSQL, with an end to every wait. */
import { Client, type Notification, type QueryConfig, types } from 'pg'
import { connectOptions, explain } from '../../postgres.ts'

/** A statement that takes longer hangs: each is about few rows. */
const patienceMs = 10_000
const longPatienceMs = 600_000
/** 64-bit numbers, of which ours are all such that a number holds exactly. */
const bigint = 20

/** What the types of pg leave out. */
interface WithProcess {
  /** The process of the server, as it was named when the connection was made. */
  readonly processID: number
}

export type Session = Awaited<ReturnType<typeof connect>>

/**
 * @param onNotice is told what somebody has notified us of
 * @throws Error that says why there is none, without the password
 */
export async function connect(url: string, onNotice: (notice: Notification) => void = () => {}) {
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
    return new Error(explain(fault, url))
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
    client,
    isLost: () => fault !== undefined,
    /** @throws Error when it fails or takes too long; the connection is lost then */
    ask: async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
      (await query({ text, values, query_timeout: patienceMs })) as Row[],
    /** The same of a statement that is about a whole table. */
    async wait(text: string): Promise<void> {
      await query({ text, query_timeout: longPatienceMs })
    },
    /** Rows as they stand in a table: their values in turn. */
    rows: async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
      (await query({
        ...{ text, values, rowMode: 'array' },
        query_timeout: patienceMs,
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
    throw new Error(explain(error, url))
  }
}

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref())
