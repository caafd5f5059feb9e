/** The tables of deliveries in PostgreSQL, which several processes may open at once. */
import { hash } from 'node:crypto'
import { beginTables } from '../postgres/database.ts'
import type { Delivery } from './delivery.ts'
import type { Run } from './delivery-database.ts'

/** As in delivery-store.ts, of a column `topic`. */
export const isSearch = "position('?' in topic) > 0"

/** Nobody knows which one comes next, so what is put anew has another one than before, also where it was removed meanwhile. */
export const newRevision = "nextval('newsstand.delivery_revision')"

/** What tells texts apart that may be longer than an index can hold. */
const keyOf = (text: string): string => hash('sha256', text, 'base64url')
export const topicKey = (topic: string): string => keyOf(topic)
/** Addresses have no spaces. */
export const deliveryKey = ({ kind, target, subject }: Omit<Delivery, 'data'>): string =>
  keyOf(`${kind} ${target} ${subject}`)
/** That of the content that is due to it, too. */
export const subscriptionKey = (callback: string, topic: string): string =>
  deliveryKey({ kind: 'content', target: callback, subject: topic })

/**
 * The steps from an empty database to today's tables, in order; `version of tables` counts those taken.
 * A step that was released is never changed: a new one is added below it.
 */
const steps: readonly string[] = [
  `
  -- Times are ms since 1970, by the clocks of the machines, but for \`seen\`.
  CREATE TABLE newsstand.topic (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text COLLATE "C" NOT NULL UNIQUE,
    topic text COLLATE "C" NOT NULL,
    etag text COLLATE "C" NOT NULL,
    changed text COLLATE "C" NOT NULL,
    subscriptions integer NOT NULL DEFAULT 0
  );
  CREATE INDEX topic_subscribed ON newsstand.topic (number) WHERE subscriptions > 0;
  CREATE INDEX topic_searched ON newsstand.topic (number) WHERE ${isSearch};
  CREATE INDEX topic_asked_for ON newsstand.topic (number) WHERE changed = '' AND subscriptions > 0;

  CREATE TABLE newsstand.subscription (
    key text COLLATE "C" PRIMARY KEY,
    topic bigint NOT NULL,                -- its number
    callback text COLLATE "C" NOT NULL,
    host text COLLATE "C" NOT NULL,       -- that of the callback, with its port
    secret bytea NOT NULL,
    expires bigint NOT NULL,
    sent text COLLATE "C" NOT NULL        -- the ETag of what the subscriber has
  );
  CREATE INDEX subscription_by_topic ON newsstand.subscription (topic);
  CREATE INDEX subscription_by_host ON newsstand.subscription (host);
  CREATE INDEX subscription_by_expires ON newsstand.subscription (expires);

  -- Processes that deliver. What is claimed by one that is removed here is free again.
  CREATE TABLE newsstand.delivery_worker (
    id uuid PRIMARY KEY,
    seen timestamptz NOT NULL             -- by the clock of the database
  );

  CREATE SEQUENCE newsstand.delivery_revision;
  CREATE TABLE newsstand.delivery (
    key text COLLATE "C" PRIMARY KEY,
    kind text COLLATE "C" NOT NULL,
    target text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    data text COLLATE "C" NOT NULL,
    host text COLLATE "C" NOT NULL,       -- that of the target, with its port
    due bigint NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    revision bigint NOT NULL DEFAULT ${newRevision},
    worker uuid REFERENCES newsstand.delivery_worker ON DELETE SET NULL, -- who has claimed it
    is_taken boolean NOT NULL DEFAULT false,  -- it was claimed, and what came of that is not known
    is_beside boolean NOT NULL DEFAULT false  -- it goes in the request of another one
  );
  CREATE INDEX delivery_waiting ON newsstand.delivery (host, due) WHERE worker IS NULL;
  CREATE INDEX delivery_under_way ON newsstand.delivery (host) WHERE worker IS NOT NULL AND NOT is_beside;
  CREATE INDEX delivery_by_worker ON newsstand.delivery (worker) WHERE worker IS NOT NULL;
  CREATE INDEX verification_by_host ON newsstand.delivery (host) WHERE kind = 'verification';

  -- Hosts something is due to that is not under way, and since when at the latest, so that whoever looks for what is due passes
  -- a busy host in one step. It may be said too early, never too late; a host to which as much as may be is under way is left out.
  CREATE TABLE newsstand.delivery_host (
    host text COLLATE "C" PRIMARY KEY,
    due bigint NOT NULL
  );
  CREATE INDEX delivery_host_by_due ON newsstand.delivery_host (due);

  -- Which state of an article webhooks and search engines were told of last; none of one that they know to be gone.
  CREATE TABLE newsstand.told (article bigint PRIMARY KEY, sum text COLLATE "C" NOT NULL);
  `,
]

const version = 'version of tables'
const settings = `CREATE TABLE newsstand.delivery_setting (
  name text COLLATE "C" PRIMARY KEY, value text COLLATE "C" NOT NULL)`

/**
 * Takes the steps that the database lacks, all of them or none.
 * @param run within a transaction
 * @throws Error when a newer Newsstand has made the tables
 */
export async function takeSteps(run: Run): Promise<void> {
  await run(beginTables)
  const isThere = async (what: string) =>
    (await run(`SELECT ${what} IS NOT NULL AS is_there`))[0]?.is_there === true
  if (!(await isThere("to_regclass('newsstand.delivery_setting')"))) await run(settings)
  const [row] = await run('SELECT value FROM newsstand.delivery_setting WHERE name = $1', [version])
  const taken = Number(row?.value ?? 0)
  if (taken > steps.length) {
    throw new Error(
      `the tables of deliveries have version ${taken} and this Newsstand knows ${steps.length}; use the newer Newsstand, or another database`,
    )
  }
  for (const step of steps.slice(taken)) await run(step)
  await run(putSetting, [version, String(steps.length)])
}

export const putSetting = `INSERT INTO newsstand.delivery_setting VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`
