import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { articleIsOut, isOut, memberIsOut } from '../../src/catalogue/is-out.ts'
import { writeLastCommit } from '../../src/catalogue/last-commit.ts'
import { migrate } from '../../src/catalogue/migrate.ts'
import { schema } from '../../src/catalogue/migrations.ts'
import { prepareQueries } from '../../src/catalogue/queries.ts'
import { prepareStatements } from '../../src/catalogue/statements.ts'

const now = Date.parse('2026-03-01T12:00:00Z')
const around = [now - 1, now, now + 1]

it('what is out at a moment is so by code, in rows of articles and of members, and when it is counted', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, schema)
  database.exec("INSERT INTO channel (number, kind, slug) VALUES (1, 'site', '')")
  const addArticle = database.prepare(
    `INSERT INTO article (number, id, slug, path, hash, first_seen, published, updated, expires, facts, html)
     VALUES (?, ?, '', ?, '', 0, ?, 0, ?, '{}', '')`,
  )
  const addMember = database.prepare('INSERT INTO member VALUES (1, ?, ?, ?, NULL)')
  const cases = ['a.md', null].flatMap((path) =>
    around.flatMap((published) =>
      [null, ...around].map((expires) => ({ path, published, expires })),
    ),
  )
  for (const [number, { path, published, expires }] of cases.entries()) {
    addArticle.run(number, String(number), path, published, expires)
    if (path !== null) addMember.run(published, String(number), number)
  }
  const out = [...cases.keys()].filter((number) => isOut(cases[number] ?? expect.fail(), now))
  // Published before or at that moment, of which each never expires or does so after it.
  expect(out.map((number) => cases[number])).toEqual(
    [now - 1, now].flatMap((published) =>
      [null, now + 1].map((expires) => ({ path: 'a.md', published, expires })),
    ),
  )
  const articles = `SELECT a.number FROM article a WHERE ${articleIsOut(':now')} ORDER BY 1`
  const members = `SELECT article AS number FROM member WHERE ${memberIsOut(':now')} ORDER BY 1`
  for (const sql of [articles, members]) {
    expect(
      database
        .prepare(sql)
        .all({ now })
        .map(({ number }) => number),
      sql,
    ).toEqual(out)
  }
  database.exec('UPDATE channel SET articles = (SELECT count(*) FROM member)')
  // Whoever reads asks about the last commit.
  writeLastCommit(prepareStatements(database), now)
  const { counts, countIn, listed } = prepareQueries(database)
  expect(counts.get()?.articles).toBe(out.length)
  expect(countIn.get('site', '')?.articles).toBe(out.length)
  expect(listed.all('site', '', 100, 0)).toHaveLength(out.length)
})
