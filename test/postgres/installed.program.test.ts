/** The same over the oldest PostgreSQL that is installed here, which is another than the one that npm brings. */
import { it } from 'vitest'
import { installedPostgres } from '../support/postgres-server.ts'

const programs = installedPostgres()
if (programs) {
  process.env.POSTGRES_PROGRAMS = programs
  await import('./sharing.program.test.ts')
  await import('./faults.program.test.ts')
  await import('../deliveries/postgres.program.test.ts')
} else it.skip('no PostgreSQL is installed here, as by Debian’s package postgresql')
