/** What every connection to DATABASE_URL has in common. */
import type { ClientConfig } from 'pg'

/** A server that does not answer is not waited for longer. */
const connectMs = 5000
/** Nor a statement: whoever has a hanging network waits for ever else. */
const statementMs = 30_000

/** @param address DATABASE_URL. Nothing that a pooler would have to keep for us is set */
export const connectOptions = (address: string): ClientConfig => ({
  connectionString: address,
  application_name: 'newsstand',
  connectionTimeoutMillis: connectMs,
  query_timeout: statementMs,
  keepAlive: true,
})

/** What is wrong with a database, and which it is, in a sentence without the password. @param address DATABASE_URL */
export function explain(error: unknown, address: string): string {
  const { host, pathname } = new URL(address)
  // Where a name has several addresses, none of which answers, the message is empty.
  const errors = error instanceof AggregateError ? error.errors : [error]
  const said = errors.map(({ message }: Error) => message).join('; ')
  return `PostgreSQL at ${host}${pathname}: ${said}`
}
