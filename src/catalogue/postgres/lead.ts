/** Which of several machines refreshes: the one whose connection has a lock, for as long as it shows that it lives. */
import type { Session } from '../../postgres/session.ts'

const lock = '726978, 2'
/** Whoever has the lock shows no sign of life for so long: then it is another's turn. */
const silentMs = 8000
/** While it works without coming to the network, as at the end of a first refresh. */
const longSilentMs = 300_000

/** What `pg_stat_activity` shows of a machine's connection. */
const following = 'newsstand follows'
const usual = 'newsstand refreshes'
const long = 'newsstand refreshes for long'

/** @returns whether this machine refreshes from now on, until the connection is lost or it stops */
export async function tryToLead(session: Session): Promise<boolean> {
  const [row] = await session.ask<{ got: boolean }>(`SELECT pg_try_advisory_lock(${lock}) AS got`)
  if (row?.got) await bePatient(session, false)
  return row?.got === true
}

/**
 * How long the server waits for the next sign of life: it ends the connection then, and so the lock, also where what is between us hangs.
 * @param isLong whether there may be none for minutes
 */
export async function bePatient(session: Session, isLong: boolean): Promise<void> {
  const ms = isLong ? longSilentMs : silentMs
  await session.ask(
    `SET idle_session_timeout = ${ms}; SET idle_in_transaction_session_timeout = ${ms};
     SET application_name = '${isLong ? long : usual}'`,
  )
}

/** Leaves it to others, over a connection that stays. */
export async function stopLeading(session: Session): Promise<void> {
  await session.ask(
    `SELECT pg_advisory_unlock_all(); SET idle_session_timeout = 0;
     SET idle_in_transaction_session_timeout = 0; SET application_name = '${following}'`,
  )
}

/** Says what this connection is for. */
export const beginToFollow = async (session: Session): Promise<void> => {
  await session.ask(`SET application_name = '${following}'`)
}

/** Whether there are others that could refresh. */
export async function areFollowed(session: Session): Promise<boolean> {
  const [row] = await session.ask<{ are: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = '${following}') AS are`,
  )
  return row?.are === true
}

/** How whoever has the lock looks at a moment: this changes with each sign of life. */
interface Sign {
  readonly pid: number
  readonly text: string
  readonly isLong: boolean
}

async function signOf(session: Session): Promise<Sign | undefined> {
  const [sign] = await session.ask<Sign>(
    `SELECT a.pid, concat_ws(' ', a.pid, a.backend_start, a.state_change, c.bytes_processed) AS text,
       a.application_name = '${long}' AS "isLong"
     FROM pg_locks l JOIN pg_stat_activity a USING (pid) LEFT JOIN pg_stat_progress_copy c USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND (l.classid, l.objid) = (${lock})
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  return sign
}

/**
 * Watches whoever has the lock. The server ends a connection that is idle by itself; not one on which the half of a message has come, as when its
 * machine stood still in the midst of that.
 */
export class LeaderWatch {
  #last: { readonly text: string; readonly at: number } | undefined

  /** Whether somebody had it at the last look. */
  get seesOne(): boolean {
    return this.#last !== undefined
  }

  /** To be called every second or so. Ends the connection of one that shows no sign of life. */
  async look(session: Session): Promise<void> {
    const sign = await signOf(session)
    const now = performance.now()
    if (!sign || sign.text !== this.#last?.text) {
      this.#last = sign && { text: sign.text, at: now }
      return
    }
    if (now - this.#last.at < (sign.isLong ? longSilentMs : silentMs)) return
    await session.ask('SELECT pg_terminate_backend($1)', [sign.pid])
  }
}
