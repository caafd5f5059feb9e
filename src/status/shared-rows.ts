/** What several machines have counted, in PostgreSQL. */
import { beginTables } from '../postgres/database.ts'
import type { Session } from '../postgres/session.ts'
import type { Salt } from './audience.ts'
import { dayVersion } from './day.ts'

/** Who reports, and how far it has come. */
export interface Reporter {
  /** Stays over restarts. */
  readonly replica: string
  /** Another one with each start. */
  readonly run: string
  /** Grows with every change. */
  readonly n: number
}

/** One row of days. */
export interface DayRow {
  readonly replica: string
  readonly day: string
  /** That of its reporter, when it was written. */
  readonly n: number
  /** null where it is known. */
  readonly content: Buffer | null
}

/** A row a machine, one for each of its days, and one each for the salts of today and of tomorrow. */
const tables = `
  CREATE TABLE IF NOT EXISTS newsstand.statistics_replica (
    replica text PRIMARY KEY, run text NOT NULL, n bigint NOT NULL, at timestamptz NOT NULL
  );
  CREATE TABLE IF NOT EXISTS newsstand.statistics_salt (day text PRIMARY KEY, salt text NOT NULL);
  CREATE TABLE IF NOT EXISTS newsstand.statistics_day (
    replica text NOT NULL, day text COLLATE "C" NOT NULL, n bigint NOT NULL, version integer NOT NULL,
    content bytea NOT NULL, PRIMARY KEY (replica, day)
  )`

/** Whoever has not reported for so long is not there at the moment. */
const lately = '30 seconds'

/** Makes what is missing. */
export async function makeStatisticsTables(session: Session): Promise<void> {
  const [found] = await session.ask<{ isThere: boolean }>(
    `SELECT to_regclass('newsstand.statistics_day') IS NOT NULL AS "isThere"`,
  )
  if (!found?.isThere) await session.wait(['BEGIN', beginTables, tables, 'COMMIT'].join(';\n'))
}

/** @returns the salt of that day that all have: what is proposed, if nobody was before */
export async function agreeOnSalt(session: Session, proposed: Salt): Promise<Salt> {
  const [agreed] = await session.ask<Salt>(
    `INSERT INTO newsstand.statistics_salt VALUES ($1, $2)
     ON CONFLICT (day) DO UPDATE SET day = excluded.day RETURNING day, salt`,
    [proposed.day, proposed.salt],
  )
  return agreed ?? proposed
}

/** Whether anything is known of days before this one. */
export async function hasDaysBefore(session: Session, day: string): Promise<boolean> {
  const [row] = await session.ask('SELECT FROM newsstand.statistics_day WHERE day < $1 LIMIT 1', [
    day,
  ])
  return row !== undefined
}

/**
 * Says that this machine is there.
 * @param kept the first time since its start: how far it had come by its file
 * @returns whether the days of this name are its own to write: not where somebody has gone on from the same folder, or its file is an older
 * state than what was handed over
 */
export async function report(
  session: Session,
  { replica, run, n }: Reporter,
  kept = -1,
): Promise<boolean> {
  const [row] = await session.ask(
    `INSERT INTO newsstand.statistics_replica AS r VALUES ($1, $2, $3, clock_timestamp())
     ON CONFLICT (replica) DO UPDATE SET run = excluded.run, n = excluded.n, at = excluded.at
     WHERE r.run = excluded.run OR r.n <= $4 RETURNING 1`,
    [replica, run, n, kept],
  )
  return row !== undefined
}

/** @returns whether it was written: not where `report` would not have it */
export async function putDay(
  session: Session,
  { replica, run, n }: Reporter,
  day: string,
  content: Buffer,
): Promise<boolean> {
  const [row] = await session.ask(
    `INSERT INTO newsstand.statistics_day
     SELECT replica, $3, $4, $5, $6 FROM newsstand.statistics_replica WHERE replica = $1 AND run = $2
     ON CONFLICT (replica, day) DO UPDATE SET n = excluded.n, version = excluded.version, content = excluded.content
     RETURNING 1`,
    [replica, run, day, n, dayVersion, content],
  )
  return row !== undefined
}

/** Removes what nobody needs any more. @param today and the oldest day that is kept */
export async function removeOld(session: Session, today: string, oldest: string): Promise<void> {
  await session.ask('DELETE FROM newsstand.statistics_salt WHERE day < $1', [today])
  await session.ask('DELETE FROM newsstand.statistics_day WHERE day < $1', [oldest])
  await session.ask(
    `DELETE FROM newsstand.statistics_replica r WHERE at < clock_timestamp() - interval '1 day'
     AND NOT EXISTS (SELECT FROM newsstand.statistics_day d WHERE d.replica = r.replica)`,
  )
}

/** All that there is, without the content of rows that are known. */
export function dayRows(session: Session, known: readonly DayRow[]): Promise<DayRow[]> {
  return session.ask<DayRow>(
    `SELECT replica, day, d.n, CASE WHEN k.n IS DISTINCT FROM d.n THEN content END AS content
     FROM newsstand.statistics_day d
     LEFT JOIN unnest($1::text[], $2::text[], $3::bigint[]) AS k (replica, day, n) USING (replica, day)
     WHERE version = $4`,
    [
      known.map(({ replica }) => replica),
      known.map(({ day }) => day),
      known.map(({ n }) => n),
      dayVersion,
    ],
  )
}

/** How many machines have reported in the last half minute. */
export async function reportingLately(session: Session): Promise<number> {
  const [row] = await session.ask<{ replicas: number }>(
    `SELECT count(*) AS replicas FROM newsstand.statistics_replica
     WHERE at > clock_timestamp() - interval '${lately}'`,
  )
  return row?.replicas ?? 0
}
