/** Of a site of several machines: whether the database that they share can be used, and whether this machine is set as they are. */
import type { SharedSite } from '../catalogue/postgres/schema.ts'
import type { Config } from '../config.ts'
import type { Session } from '../postgres/session.ts'
import { type Finding, note, right, wrong } from './finding.ts'

const about = 'Database'

/** Nothing where there is one machine alone, which has no need of what is loaded here. */
export async function* foundDatabase(config: Config): AsyncGenerator<Finding> {
  const { databaseUrl } = config
  if (databaseUrl === undefined) return
  const { Line } = await import('../catalogue/postgres/line.ts')
  const line = new Line(databaseUrl, () => {})
  try {
    const session = await line.connected()
    // Whoever refreshes and cannot go on would leave it to us otherwise.
    await session.ask("SET application_name = 'newsstand doctor'")
    const hindrance = await hindranceIn(session)
    if (hindrance) yield hindrance
    else yield* foundSite(config, session)
  } catch (error) {
    const remedy =
      'See whether it runs, and lets this machine in. Until then readers get what DATA_DIR has, and nothing new comes out.'
    yield wrong(about, `${(error as Error).message}.`, remedy)
  } finally {
    await line.close()
  }
}

interface Rights {
  readonly user: string
  readonly database: string
  /** Whether it follows another server, and can only be read. */
  readonly isStandby: boolean
  readonly isThere: boolean
  readonly mayMake: boolean
  readonly mayUse: boolean
  /** A table that is not for us to read and write. */
  readonly forbidden: string | null
}

const rightsQuery = `
  SELECT current_user AS "user", current_database() AS database, pg_is_in_recovery() AS "isStandby", schema IS NOT NULL AS "isThere",
    has_database_privilege(current_database(), 'CREATE') AS "mayMake",
    schema IS NOT NULL AND has_schema_privilege(schema, 'USAGE') AND has_schema_privilege(schema, 'CREATE') AS "mayUse",
    (SELECT min(relname) FROM pg_class WHERE relnamespace = schema AND relkind = 'r' AND NOT pg_has_role(relowner, 'USAGE')) AS forbidden
  FROM (SELECT to_regnamespace('newsstand')::oid AS schema) AS one`

/** Why a machine that refreshes could not write there. */
async function hindranceIn(session: Session): Promise<Finding | undefined> {
  const [rights] = await session.ask<Rights>(rightsQuery)
  if (!rights) return undefined
  const { user, database, isStandby, isThere, mayMake, mayUse, forbidden } = rights
  if (isStandby) {
    const text = 'It follows another server (a standby), and can only be read.'
    return wrong(about, text, 'Let DATABASE_URL name the one that it follows.')
  }
  if (!isThere && !mayMake) {
    const text = `There is no schema newsstand in ${database}, and ${user} may make none.`
    return wrong(about, text, `As its superuser: CREATE SCHEMA newsstand AUTHORIZATION ${user}`)
  }
  if (isThere && !mayUse) {
    const text = `The schema newsstand in ${database} is not for ${user} to use.`
    return wrong(about, text, `As its superuser: ALTER SCHEMA newsstand OWNER TO ${user}`)
  }
  if (forbidden !== null) {
    const text = `The table newsstand.${forbidden} in ${database} belongs to another than ${user}.`
    const remedy = `As its superuser: ALTER TABLE newsstand.${forbidden} OWNER TO ${user}, and likewise with its others.`
    return wrong(about, text, remedy)
  }
  return undefined
}

/** What was written there last, and by whom. */
async function* foundSite(config: Config, session: Session): AsyncGenerator<Finding> {
  const { siteOf } = await import('../catalogue/postgres/schema.ts')
  const site = await siteOf(session)
  if (!site) {
    const text = 'It can be used, and has no catalogue yet: the first machine that starts makes it.'
    const remedy =
      'Where a site runs already, take it there with its subscriptions first: newsstand migrate --from sqlite --to postgres'
    yield note(about, text, remedy)
    return
  }
  yield right(about, 'It can be used, and has the catalogue of a site.')
  yield await foundDifference(config, site)
}

/** A setting that was just changed is another too, and is meant. */
async function foundDifference(config: Config, { madeBy: theirs }: SharedSite): Promise<Finding> {
  const { differenceOf } = await import('../catalogue/postgres/schema.ts')
  const { steps } = await import('../catalogue/migrations.ts')
  const { madeBy } = await import('../reading.ts')
  const difference = differenceOf({ ...madeBy(config), tables: steps.length }, theirs)
  if (difference === undefined) {
    return right('Machines', 'Settings here are those of the machine that refreshes.')
  }
  const remedy =
    'Set it alike on all machines: until then those that follow are not ready. Where the change is meant, restart these first, and the one that refreshes last.'
  return note('Machines', difference, remedy)
}
