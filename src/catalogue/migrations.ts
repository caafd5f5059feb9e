import type { DatabaseSync } from 'node:sqlite'
import { type Schema, versionOf } from './migrate.ts'

/**
 * The steps from an empty file to today's tables, in order; `user_version` counts those taken.
 * A step that was released is never changed: a new one is added below it.
 */
export const steps: readonly string[] = [
  `
  -- Every file that was read, so that it is not read again until its signature changes.
  CREATE TABLE file (
    path TEXT PRIMARY KEY,
    signature TEXT NOT NULL,
    article INTEGER                 -- whose text it holds; NULL for drafts and rejections
  ) STRICT, WITHOUT ROWID;

  -- Times are ms since 1970.
  CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- a UUID
    slug TEXT NOT NULL,             -- ends in the first eight digits of the id
    path TEXT,                      -- NULL once removed
    hash TEXT NOT NULL,             -- of what readers see
    first_seen INTEGER NOT NULL,
    published INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    expires INTEGER,
    removed INTEGER,
    facts TEXT NOT NULL,            -- ArticleContent as JSON, without its content
    html TEXT NOT NULL              -- and this is its content
  ) STRICT;
  CREATE INDEX article_removed_by_hash ON article (hash) WHERE path IS NULL;
  CREATE INDEX article_by_expires ON article (expires) WHERE expires IS NOT NULL;

  CREATE TABLE channel (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    changed INTEGER,                -- NULL while no article of it was ever out
    UNIQUE (kind, slug)
  ) STRICT;

  -- Articles that are not out yet, or no longer, are in it as well.
  CREATE TABLE channel_article (
    channel INTEGER NOT NULL,
    published INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (channel, published DESC, article)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE rejection (
    path TEXT PRIMARY KEY,
    line INTEGER,
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL,
    since INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Counts the states of all articles: a row gets the next number whenever it is written.
  ALTER TABLE article ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
  UPDATE article SET version = number;
  CREATE INDEX article_by_version ON article (version);

  -- The last archive document that was begun, and how many articles were put into it.
  ALTER TABLE channel ADD COLUMN archives INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE channel ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;

  -- In the order of feeds: newest first, then by id, of which the first eight digits are enough.
  CREATE TABLE member (
    channel INTEGER NOT NULL,
    published INTEGER NOT NULL,
    start TEXT NOT NULL,
    article INTEGER NOT NULL,
    archive INTEGER,                -- the archive document it is in; NULL until it leaves the newest
    PRIMARY KEY (channel, published DESC, start, article)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO member
    SELECT m.channel, m.published, substr(a.id, 1, 8), m.article, NULL
    FROM channel_article m JOIN article a ON a.number = m.article;
  DROP TABLE channel_article;
  CREATE INDEX member_by_archive ON member (channel, archive);

  -- By which a search index knows the catalogue it was made from.
  INSERT INTO setting VALUES ('id', lower(hex(randomblob(16))));
  `,
  `
  -- As its newest article writes it; empty until that is looked up.
  ALTER TABLE channel ADD COLUMN name TEXT NOT NULL DEFAULT '';
  -- How many articles are in it, those that are not out yet or no longer among them.
  ALTER TABLE channel ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;
  UPDATE channel SET articles = (SELECT count(*) FROM member WHERE channel = channel.number);
  CREATE INDEX channel_by_articles ON channel (kind, articles);
  `,
  `
  -- Checksums (damage.ts); NULL until the row is written next.
  ALTER TABLE article ADD COLUMN identity_sum INTEGER;
  ALTER TABLE article ADD COLUMN content_sum INTEGER;
  ALTER TABLE channel ADD COLUMN sum INTEGER;
  `,
  `
  -- What ids were made in so far, with a checksum (identity.ts): there was one namespace for all sites.
  INSERT INTO setting
    SELECT 'namespaces', '6f1d3c7e-52b8-4c0f-9a4e-0d7b8f25a3c1 ab12fdbb'
    WHERE EXISTS (SELECT 1 FROM article);
  `,
  `
  -- Which articles link to a file, by its path or its name (link-index.ts). (What is said within a statement would be kept
  -- with the table, and all tables together shall need one page.)
  CREATE TABLE link (key TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (key, article)) STRICT, WITHOUT ROWID;
  CREATE INDEX link_by_article ON link (article);
  `,
  `
  -- What an editor should know of files that are not rejected. Notes are numbered within the file, from 0; line is NULL
  -- where the whole file is meant.
  CREATE TABLE note (
    path TEXT NOT NULL, number INTEGER NOT NULL, line INTEGER, text TEXT NOT NULL, PRIMARY KEY (path, number)
  ) STRICT, WITHOUT ROWID;
  -- What is wrong with a file besides the first fault: rejections, as JSON.
  ALTER TABLE rejection ADD COLUMN others TEXT NOT NULL DEFAULT '[]';
  `,
  `
  -- How many articles of a channel write its name so; of channels whose articles all write it alike there are no rows.
  -- sum is a checksum (sums.ts); NULL until the row is written next.
  CREATE TABLE spelling (
    channel INTEGER NOT NULL, name TEXT NOT NULL, articles INTEGER NOT NULL, sum INTEGER, PRIMARY KEY (channel, name)
  ) STRICT, WITHOUT ROWID;
  WITH stated AS (
    SELECT number, CASE WHEN json_valid(facts) THEN facts END AS facts FROM article WHERE path IS NOT NULL
  ), term (kind, slug, name) AS (
    SELECT 'section', facts ->> '$.section.slug', facts ->> '$.section.name' FROM stated
    UNION ALL SELECT 'tag', value ->> 'slug', value ->> 'name' FROM stated, json_each(facts, '$.tags')
    UNION ALL SELECT 'author', value ->> 'slug', value ->> 'name' FROM stated, json_each(facts, '$.authors')
  )
  INSERT INTO spelling
    SELECT c.number, term.name, count(*), NULL FROM term JOIN channel c USING (kind, slug)
    WHERE term.name IS NOT NULL GROUP BY c.number, term.name;
  DELETE FROM spelling WHERE channel IN (SELECT channel FROM spelling GROUP BY channel HAVING count(*) = 1);
  `,
  `
  -- The slug that an article had before it stated another; NULL while it has had one.
  ALTER TABLE article ADD COLUMN first_slug TEXT;

  -- Addresses of pages that files state, as plainPath gives them, in the order in which they were stated. Articles that
  -- were removed keep theirs. lasts is 1 for a slug, by which the page is found for ever, and 0 for an alias; sum is a
  -- checksum (addresses.ts).
  CREATE TABLE address (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, article INTEGER NOT NULL,
    lasts INTEGER NOT NULL, sum INTEGER NOT NULL, UNIQUE (path, article)
  ) STRICT;

  -- Whose each stated guid is: that of the article that stated it first, unless it was removed. With a checksum (guids.ts).
  CREATE TABLE guid (
    guid TEXT PRIMARY KEY, article INTEGER NOT NULL, sum INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Files that were rejected since their guid is another article's.
  CREATE TABLE waiting (path TEXT PRIMARY KEY, guid TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX waiting_by_guid ON waiting (guid);
  `,
  `
  -- Files that hold a version of an agency's story. made is in ms since 1970, 0 where that is not stated; withdrawn is 1
  -- where the agency has canceled or withholds the story by it. With checksums, as the next table (editions.ts).
  CREATE TABLE edition (
    path TEXT PRIMARY KEY, story TEXT NOT NULL, version INTEGER NOT NULL, made INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL, sum INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX edition_by_story ON edition (story, version DESC, made DESC, path DESC);

  -- What is known of a story whatever becomes of its files: the number of its article, NULL where it has had none, and the
  -- first date of publication that a version of it has stated, in ms since 1970; NULL where none has.
  CREATE TABLE story (
    story TEXT PRIMARY KEY, article INTEGER, published INTEGER, sum INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What reading a file has needed of others, of files that needed any; it was kept among the notes.
  CREATE TABLE need (path TEXT PRIMARY KEY, needs TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO need SELECT path, text FROM note WHERE number = -2;
  DELETE FROM note WHERE number = -2;
  `,
  `
  -- The digits of a version that has more than a number holds exactly; version then says how many, above all others.
  ALTER TABLE edition ADD COLUMN digits TEXT NOT NULL DEFAULT '';
  DROP INDEX edition_by_story;
  CREATE INDEX edition_by_story ON edition (story, version DESC, digits DESC, made DESC, path DESC);
  `,
  `
  -- Who numbered states of articles, and from which version on (versions.ts).
  CREATE TABLE numbering (first INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  INSERT INTO numbering VALUES (0, lower(hex(randomblob(8))));

  -- The highest version of an article when it last changed.
  ALTER TABLE channel ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
  UPDATE channel SET version = coalesce((SELECT max(version) FROM article), 0);
  `,
]

/**
 * Two steps were changed after files had been made by them: what these files lack or have too much. Each applies
 * where its query finds a row.
 */
const amendments = [
  {
    step: 1,
    applies: "SELECT 1 FROM pragma_table_info('channel') WHERE name = 'named'",
    sql: `
    ALTER TABLE channel DROP COLUMN name;
    ALTER TABLE channel DROP COLUMN named;
    -- It could not be NULL, and was 0 instead.
    ALTER TABLE channel RENAME COLUMN changed TO changed_or_0;
    ALTER TABLE channel ADD COLUMN changed INTEGER;
    UPDATE channel SET changed = nullif(changed_or_0, 0);
    ALTER TABLE channel DROP COLUMN changed_or_0`,
  },
  {
    step: 2,
    applies: "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM setting WHERE name = 'id')",
    sql: "INSERT INTO setting VALUES ('id', lower(hex(randomblob(16))))",
  },
]

export const schema: Schema = { name: 'the catalogue', steps, statedIn: 'version' }

/**
 * Mends what these files lack, before the steps after it are taken.
 * @param database of any version that we know, or a newer one
 */
export function amend(database: DatabaseSync): void {
  const version = versionOf(database)
  for (const { step, applies, sql } of amendments) {
    if (version < step || version > steps.length || !database.prepare(applies).get()) continue
    database.exec(`BEGIN IMMEDIATE; ${sql}; COMMIT`)
  }
}
