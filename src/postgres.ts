/** What people are told of the database that DATABASE_URL names. */

/** Its address as it may be shown: without name and password, and without parameters, which may hold them as well. */
export function shownDatabase(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

/** What is wrong, and what to do about it where that is known, in a sentence without its end. */
export function explain(error: unknown, url: string): string {
  const { code, message } = error as { code?: string; message: string }
  const remedy = remedies[code ?? '']
  const what = message.replaceAll(new URL(url).password || '\0', '…')
  return `the database ${shownDatabase(url)}: ${what}${remedy ? ` (${remedy})` : ''}`
}

/** By the codes of PostgreSQL and of the system. */
const remedies: Readonly<Record<string, string>> = {
  '28P01': 'look at the name and password in DATABASE_URL',
  '28000': 'look at the name in DATABASE_URL, and at pg_hba.conf of the server',
  '3D000': 'make the database, or correct its name in DATABASE_URL',
  '42501': 'give this user the right to make a schema: GRANT CREATE ON DATABASE',
  '53300': 'too many connections: each replica needs a few',
  '57P03': 'it is starting; it is tried again',
  ECONNREFUSED: 'nothing listens there; look whether it runs',
  ENOTFOUND: 'there is no such host',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is of an authority that this machine does not know: NODE_EXTRA_CA_CERTS names its file',
}
