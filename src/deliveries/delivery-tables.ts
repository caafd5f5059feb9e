/** The tables of deliveries.sqlite. */
import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { DamageError, isDamage, isDamageOfTables } from '../catalogue/damage.ts'
import { migrate } from '../catalogue/migrate.ts'

/** Nobody knows which one comes next, so what is put anew has another one than before, also where it was removed meanwhile. */
export const newRevision = 'random() & 9007199254740991'

/** The name of the setting of a file that was moved to PostgreSQL or from there, as long as nobody has delivered with it since. */
export const moved = 'moved'

/** As in delivery-store.ts, of a column `topic`. */
export const isSearch = "instr(topic, '?') > 0"

/**
 * The steps from an empty file to today's tables, in order; `user_version` counts those taken.
 * A step that was released is never changed: a new one is added below it.
 */
const steps: readonly string[] = [
  `
  -- Times are ms since 1970.
  CREATE TABLE topic (
    number INTEGER PRIMARY KEY,
    topic TEXT NOT NULL UNIQUE,
    etag TEXT NOT NULL,
    changed TEXT NOT NULL,
    subscriptions INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX topic_subscribed ON topic (topic) WHERE subscriptions > 0;
  CREATE INDEX topic_by_subscriptions ON topic (subscriptions) WHERE subscriptions > 0;
  CREATE INDEX topic_searched ON topic (topic, subscriptions) WHERE ${isSearch};

  -- Those of one topic lie together: they are sent a new document all at once.
  CREATE TABLE subscription (
    topic INTEGER NOT NULL,         -- its number
    callback TEXT NOT NULL,
    host TEXT NOT NULL,             -- that of the callback, with its port
    secret TEXT NOT NULL,
    expires INTEGER NOT NULL,
    sent TEXT NOT NULL,             -- the ETag of what the subscriber has
    PRIMARY KEY (topic, callback)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX subscription_by_host ON subscription (host);
  CREATE INDEX subscription_by_expires ON subscription (expires);

  CREATE TABLE delivery (
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    subject TEXT NOT NULL,
    data TEXT NOT NULL,
    host TEXT NOT NULL,             -- that of the target, with its port
    due INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    revision INTEGER NOT NULL,      -- another one whenever it is put anew
    PRIMARY KEY (kind, target, subject)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delivery_by_host ON delivery (host, due);
  CREATE INDEX verification_by_host ON delivery (host) WHERE kind = 'verification';

  CREATE TRIGGER subscription_added AFTER INSERT ON subscription BEGIN
    UPDATE topic SET subscriptions = subscriptions + 1 WHERE number = NEW.topic;
  END;
  -- Anybody can think of searches: one that nobody is told of any more is forgotten.
  CREATE TRIGGER subscription_removed AFTER DELETE ON subscription BEGIN
    DELETE FROM delivery WHERE kind = 'content' AND target = OLD.callback
      AND subject = (SELECT topic FROM topic WHERE number = OLD.topic);
    UPDATE topic SET subscriptions = subscriptions - 1 WHERE number = OLD.topic;
    DELETE FROM topic WHERE number = OLD.topic AND subscriptions = 0 AND ${isSearch};
  END;

  CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Which state of an article webhooks and search engines were told of last; none of one that they know to be gone.
  CREATE TABLE told (article INTEGER PRIMARY KEY, sum TEXT NOT NULL) STRICT;
  `,
]

/**
 * Which hosts something is due to that is not under way, and since when at the latest: so that whoever looks for what is
 * due passes a busy host in one step, however much waits for it. It is in memory, as what is under way is.
 */
const waiting = `
  CREATE TEMP TABLE waiting (host TEXT PRIMARY KEY, due INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX temp.waiting_by_due ON waiting (due);
  INSERT INTO waiting SELECT host, min(due) FROM delivery GROUP BY host;
`

/**
 * Opens or makes the file.
 * @throws DamageError or an error of SQLite's that `isDamage` knows
 * @throws Error when it cannot be written, or a newer Newsstand has written it
 */
export function openTables(path: string): DatabaseSync {
  // It holds secrets: nobody else reads it, nor the files that SQLite makes beside it with the same rights.
  closeSync(openSync(path, 'a', 0o600))
  const database = new DatabaseSync(path)
  try {
    database.exec(
      'PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY',
    )
    database.exec('PRAGMA journal_mode = WAL')
    migrate(database, { name: 'deliveries.sqlite', steps, statedIn: 'version of tables' })
    database.exec(waiting)
    for (const table of ['topic', 'subscription', 'setting', 'told'])
      database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get()
    return database
  } catch (error) {
    database.close()
    // A table that is missing was there before.
    throw isDamageOfTables(error) && !isDamage(error)
      ? new DamageError((error as Error).message)
      : error
  }
}
