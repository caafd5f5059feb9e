/** What every connection to DATABASE_URL has in common. */
import { attempt } from '../attempt.ts'

/** A server that does not answer is not waited for longer. */
const connectMs = 5000

/**
 * Where no other patience is stated with a statement it has none.
 * @param url DATABASE_URL. Nothing that a pooler would have to keep for us is set
 */
export const connectOptions = (url: string) => ({
  connectionString: url,
  application_name: 'newsstand',
  connectionTimeoutMillis: connectMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
})

/**
 * The first statements of a transaction that makes tables: two machines that begin at once do not both make them; and whoever may make no schema is
 * not asked for one that is there.
 */
export const beginTables = `SELECT pg_advisory_xact_lock(726978, 1);
  DO $$ BEGIN
    IF to_regnamespace('newsstand') IS NULL THEN CREATE SCHEMA newsstand; END IF;
  END $$`

/** That of PostgreSQL's or the system's; undefined where there is none. */
export const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown }).code

/** Whether PostgreSQL has said it about a statement: class 08 and 57 are that it ends, is not there yet, or cannot be reached by a pooler. */
export const isAnswer = (error: unknown): boolean =>
  Object.hasOwn(Object(error), 'severity') && !/^(08|57)/.test(String(codeOf(error)))

/** Its address as it may be shown: without name and password, and without parameters, which may hold them as well. */
function shownDatabase(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

/** What is wrong, and what to do about it where that is known, in a sentence without its end and without the password. @param url DATABASE_URL */
export function explain(error: unknown, url: string): string {
  // Where a name has several addresses, none of which answers, the message is empty.
  const errors: { code?: string; message: string }[] =
    error instanceof AggregateError ? error.errors : [error]
  const said = errors.map(({ message }) => message).join('; ')
  const { password } = new URL(url)
  const known = [password, attempt(() => decodeURIComponent(password)) ?? '']
  const what = known.reduce((text, one) => (one === '' ? text : text.replaceAll(one, '…')), said)
  const remedy = remedies[errors[0]?.code ?? '']
  return `PostgreSQL at ${shownDatabase(url)}: ${what}${remedy ? ` (${remedy})` : ''}`
}

const unknownAuthority =
  'this machine does not know the authority of its certificate: name its file in DATABASE_URL, ?sslmode=verify-full&sslrootcert=/…/ca.pem'

/** By the codes of PostgreSQL and of the system. */
const remedies: Readonly<Record<string, string>> = {
  '28P01': 'look at the name and password in DATABASE_URL',
  '28000':
    'look at the name in DATABASE_URL, and at pg_hba.conf of the server; where that wants encryption, add ?sslmode=verify-full',
  '3D000': 'make the database, or correct its name in DATABASE_URL',
  '42501':
    'let this user make a schema, GRANT CREATE ON DATABASE, or make the schema newsstand for it, CREATE SCHEMA newsstand AUTHORIZATION',
  '25006':
    'it is read-only, as one that stands by is: name the one that is written in DATABASE_URL',
  '53100': 'make room on the disk of the server',
  '53300': 'raise max_connections: each replica needs up to seven',
  '57P03': 'it is starting; it is tried again',
  ECONNREFUSED: 'nothing listens there; look whether it runs',
  ENOTFOUND: 'there is no such host',
  ENOENT: 'sslrootcert in DATABASE_URL names the file of a certificate',
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: 'DATABASE_URL has to call it by a name in its certificate',
}
