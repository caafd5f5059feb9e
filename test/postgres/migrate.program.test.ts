/** The command that moves a site from the files of one machine to PostgreSQL, and back. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { everyChannel } from '../../src/build/units.ts'
import type { Catalogue, ChannelKey } from '../../src/catalogue/catalogue.ts'
import { channelPath } from '../../src/channels/channel.ts'
import { feedFormats } from '../../src/channels/feed-formats.ts'
import { lastArchive } from '../../src/channels/selection.ts'
import { DeliveryDatabase } from '../../src/deliveries/delivery-database.ts'
import { openDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { type Newsstand, runNewsstand, startNewsstand } from '../support/newsstand.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { end, spawnNewsstand } from '../support/program.ts'
import { sharedRows } from '../support/shared-rows.ts'
import { type Subscriber, startSubscriber } from '../support/subscriber.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

const there = ['migrate', '--from', 'sqlite', '--to', 'postgres']
const back = ['migrate', '--from', 'postgres', '--to', 'sqlite']
const nameIn = (databaseUrl: string) => new URL(databaseUrl).pathname.slice(1)

const story = (title: string, more = '', day = 1) =>
  `---\ntitle: ${title}\ndate: 2026-01-${10 + day}\n${more}---\nText of ${title}.\n`

const numbered = Object.fromEntries(
  Array.from({ length: 9 }, (_, n) => [
    `world/${n}.md`,
    story(`Number ${n}`, `author: Ada Ak\ntags: [Ferries, Tag ${n % 3}]\n`),
  ]),
)
const files = {
  ...numbered,
  'world/embargo.md': '---\ntitle: Not yet\ndate: 2099-01-02\n---\nLater.\n',
  'world/unlisted.md': story('Only by its address', 'unlisted: true\nslug: only-by-address\n'),
  'world/moved.md': story('Moved here', 'aliases: [/once-here]\n'),
  'bad.md': '---\ntitle: Bad\ndate: never\n---\nText.\n',
}
const settings = {
  WEBSUB_ALLOW_NETWORKS: '127.0.0.0/8',
  FEED_ITEMS: '3',
  REFRESH_CRON: '0 0 1 1 *',
}

/** Subscribes, and waits until that is kept. */
async function subscribe(newsstand: Newsstand, { url, asked }: Subscriber): Promise<void> {
  const form = {
    'hub.mode': 'subscribe',
    'hub.topic': `${newsstand.url}/rss.xml`,
    'hub.callback': `${url}/here`,
    'hub.secret': 'secrét',
  }
  const body = new URLSearchParams(form)
  expect((await fetch(`${newsstand.url}/hub`, { method: 'POST', body })).status).toBe(202)
  await until(() => asked.length > 0, 'the verification')
}

/** Everything that readers see of it. */
async function seen(newsstand: Newsstand) {
  const paths = [
    '/rss.xml',
    '/atom.xml',
    '/feed.json',
    '/archive/1/rss.xml',
    '/tags/ferries/atom.xml',
  ]
  const pages = ['/articles/only-by-address', '/once-here']
  const documents = await Promise.all(
    paths.map(async (path) => {
      const response = await newsstand.get(path)
      return [path, response.status, response.headers.get('etag'), await response.text()]
    }),
  )
  const others = await Promise.all(
    pages.map(async (path) => {
      const { status, headers } = await newsstand.get(path)
      return [path, status, headers.get('location')]
    }),
  )
  return [...documents, ...others]
}

const settingsOf = <More extends object>(newsstand: Newsstand, more: More) => ({
  ...settings,
  ...{ BASE_URL: newsstand.url, ARTICLES_DIR: newsstand.articlesDir, DATA_DIR: newsstand.dataDir },
  ...more,
})

describe('newsstand migrate', () => {
  it('takes a site to PostgreSQL and back with all that it has, and subscribers notice nothing', async () => {
    const receiver = await startSubscriber()
    const hooked = { WEBHOOKS: receiver.url }
    const newsstand = await startNewsstand(files, { ...settings, ...hooked })
    const subscriber = await startSubscriber()
    await subscribe(newsstand, subscriber)
    /** One more, of which both are told, and of nothing else. */
    const add = async (title: string) => {
      const before = subscriber.content.length
      newsstand.write(`world/${title}.md`, story(title, '', before + 2))
      await until(() => subscriber.content.length > before, title)
      expect(String(subscriber.content[before]?.body)).toContain(`<title>${title}</title>`)
      expect(subscriber.content[before]?.headers['x-hub-signature']).toBeDefined()
      await until(() => receiver.content.length > before, title)
      expect(String(receiver.content[before]?.body)).toContain(title)
    }
    await add('Before')
    const before = await seen(newsstand)
    for (const [path, status] of before) {
      expect([path, status]).toEqual([path, path === '/once-here' ? 301 : 200])
    }
    await newsstand.stop()
    const rows = sharedRows(newsstand.dataDir)

    const env = settingsOf(newsstand, {
      ...{ DATABASE_URL: await postgres.newDatabase() },
      ...hooked,
    })
    const moved = await runNewsstand(there, env)
    expect([moved.code, moved.err]).toEqual([0, expect.stringContaining('as commit 1.')])
    expect(moved.err).toContain('Subscriptions to the hub: 1 before, 1 after.')
    expect(moved.err).toMatch(/\d\d documents compared, from before and after: all are the same\./)
    expect(sharedRows(newsstand.dataDir)).toEqual(rows)
    expect(readdirSync(newsstand.dataDir)).not.toContain('migrating')

    const other = { DATABASE_URL: env.DATABASE_URL, DATA_DIR: temporaryFolder() }
    await newsstand.start(other)
    expect(await seen(newsstand)).toEqual(before)
    await until(() => newsstand.output().includes('this machine refreshes'))
    await add('Between')
    const between = await seen(newsstand)
    await newsstand.stop()
    const rowsBetween = sharedRows(other.DATA_DIR)

    const returned = await runNewsstand(back, env)
    expect([returned.code, returned.err]).toEqual([0, expect.stringContaining('all are the same')])
    expect(returned.err).toContain('Subscriptions to the hub: 1 before, 1 after.')
    expect(sharedRows(newsstand.dataDir)).toEqual(rowsBetween)
    const aside = readdirSync(newsstand.dataDir).filter((name) => /\.former-.*\.sqlite$/.test(name))
    expect(aside.map((name) => name.replace(/-.*/, ''))).toEqual([
      'catalogue.former',
      'deliveries.former',
    ])
    await newsstand.start()
    expect(await seen(newsstand)).toEqual(between)
    await add('After')
    expect([subscriber.content.length, receiver.content.length]).toEqual([3, 3])
    await newsstand.stop()

    // The database has an older state of what went on here.
    const wrongWay = await runNewsstand(back, env)
    expect([wrongWay.code, wrongWay.err]).toEqual([
      1,
      expect.stringMatching(
        /has gone on by itself from commit \d+: .* Move the site with --from sqlite/,
      ),
    ])
    const again = await runNewsstand(there, env)
    expect([again.code, again.err]).toEqual([
      0,
      expect.stringMatching(/as commit \d+, in place of commit \d+ of the same site\./),
    ])
    // What both were told went along: what has changed meanwhile is news.
    newsstand.write('world/stopped.md', story('While stopped', '', 6))
    await newsstand.start(other)
    for (const { content } of [subscriber, receiver]) {
      await until(() => content.length > 3, 'what has changed meanwhile')
      expect(String(content[3]?.body)).toContain('While stopped')
    }
  })

  it('takes no site where something would be lost, and says what to do', async () => {
    const env = { DATABASE_URL: await postgres.newDatabase() }
    const desk = await openDesk({ 'a.md': story('One') })
    const ours = { DATA_DIR: desk.dataDir, ARTICLES_DIR: desk.folder }
    const refused = async (args: readonly string[], more: Readonly<Record<string, string>>) => {
      const { code, err } = await runNewsstand(args, more)
      expect(code).toBe(1)
      return err
    }
    expect(await refused(['migrate'], ours)).toContain('migrate takes --from sqlite --to postgres,')
    expect(await refused(['migrate', '--from', 'sqlite', '--to', 'sqlite'], ours)).toContain(
      'migrate takes',
    )
    for (const way of [there, back]) {
      expect(await refused(way, ours)).toContain('DATABASE_URL is not set. Set it')
      expect(await refused(way, { ...ours, ...env })).toContain('which a Newsstand uses. Stop it')
    }
    await desk.close()
    const empty = { ...ours, ...env, DATA_DIR: temporaryFolder() }
    expect(await refused(there, empty)).toContain('there is no catalogue in it')
    expect(readdirSync(empty.DATA_DIR)).toEqual([])
    expect(await refused(back, empty)).toContain('has no site')

    const other = await openDesk({ 'b.md': story('Two') }, { DATABASE_URL: env.DATABASE_URL })
    for (const way of [there, back]) {
      const where = way === there ? { ...ours, ...env } : empty
      expect(await refused(way, where)).toContain('a Newsstand runs on the database')
    }
    await other.close()
    expect(await refused(there, { ...ours, ...env })).toContain(
      'the database has another site already, which is at commit 1. Name an empty database',
    )
    const theirs = { ...ours, ...env, DATA_DIR: other.dataDir }
    const name = nameIn(env.DATABASE_URL)
    await postgres.query(name, 'UPDATE newsstand.site SET n = 7')
    expect(await refused(there, theirs)).toContain(
      'the database has commit 7 of this site, and the catalogue in DATA_DIR goes on from commit 1',
    )
    await postgres.query(
      name,
      `UPDATE newsstand.site SET made_by = jsonb_set(made_by, '{tables}', '999')`,
    )
    expect(await refused(back, empty)).toContain('Use the newer Newsstand')

    const database = new DatabaseSync(join(desk.dataDir, 'catalogue.sqlite'))
    database.exec("INSERT INTO setting VALUES ('filling', '1 [1]')")
    database.close()
    const fresh = { ...ours, DATABASE_URL: await postgres.newDatabase() }
    expect(await refused(there, fresh)).toContain(
      'the first reading of the articles was not finished',
    )
    expect(
      await refused(there, { ...fresh, DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x' }),
    ).toMatch(/The move was broken off: .*nothing listens there/)
  })

  it('takes no deliveries in the place of subscriptions that would be lost', async () => {
    const newsstand = await startNewsstand({ 'a.md': story('One') }, settings)
    const subscriber = await startSubscriber()
    await subscribe(newsstand, subscriber)
    await newsstand.stop()
    const env = settingsOf(newsstand, { DATABASE_URL: await postgres.newDatabase() })
    expect((await runNewsstand(there, env)).code).toBe(0)
    const name = nameIn(env.DATABASE_URL)
    await postgres.query(
      name,
      `INSERT INTO newsstand.subscription
        SELECT 'another', topic, callback, host, secret, expires, sent FROM newsstand.subscription`,
    )
    const { code, err } = await runNewsstand(there, env)
    expect([code, err]).toEqual([1, expect.stringContaining('deliveries.sqlite has not (1), and')])
    expect(await postgres.query(name, 'SELECT n::integer FROM newsstand.site')).toEqual([{ n: 1 }])
  })

  it('takes no file in the place of subscriptions that would be lost', async () => {
    const newsstand = await startNewsstand({ 'a.md': story('One') }, settings)
    const subscribers = [await startSubscriber(), await startSubscriber()]
    await subscribe(newsstand, subscribers[0] as Subscriber)
    await newsstand.stop()
    const env = settingsOf(newsstand, { DATABASE_URL: await postgres.newDatabase() })
    expect((await runNewsstand(there, env)).code).toBe(0)
    // Who has ended it there meanwhile is no loss.
    await postgres.query(nameIn(env.DATABASE_URL), 'DELETE FROM newsstand.subscription')
    expect((await runNewsstand(back, env)).err).toContain('Subscriptions to the hub: 0 before, 0')
    await newsstand.start()
    await subscribe(newsstand, subscribers[1] as Subscriber)
    await newsstand.stop()
    const { code, err } = await runNewsstand(back, env)
    expect([code, err]).toEqual([1, expect.stringContaining('the database has not (1), and')])
  })

  it('fails where a feed is another than before, and names it', async () => {
    const desk = await openDesk({ 'a.md': story('One', 'author: Ada Ak\n') })
    await desk.close()
    const env = {
      ...{ DATABASE_URL: await postgres.newDatabase(), BASE_URL: 'https://news.example' },
      ...{ DATA_DIR: desk.dataDir, ARTICLES_DIR: desk.folder },
    }
    expect((await runNewsstand(there, env)).code).toBe(0)
    await postgres.query(
      nameIn(env.DATABASE_URL),
      `CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF (SELECT kind FROM newsstand.channel WHERE number = NEW.channel) = 'author' THEN RETURN NULL; END IF;
        RETURN NEW; END $$;
      CREATE TRIGGER lose BEFORE INSERT ON newsstand.member FOR EACH ROW EXECUTE FUNCTION lose()`,
    )
    const { code, err } = await runNewsstand(there, env)
    expect(code).toBe(1)
    expect(err).toContain('https://news.example/authors/ada-ak/rss.xml is another than before.')
    expect(err).toMatch(/Of \d+ documents 3 are others than before\./)
  })

  it('names exactly the documents that differ, whatever it is by', {
    timeout: 60_000,
  }, async () => {
    const desk = await openDesk(numbered, { FEED_ITEMS: '3' })
    const withFour = await addressesWith(desk.catalogue, 'Number 4')
    expect(withFour.length).toBeGreaterThan(3 * 3)
    const ferries = { kind: 'tag', slug: 'ferries' } as const
    const ofFerries = await addressesOf(desk.catalogue, ferries)
    await desk.close()
    const env = {
      ...{ DATABASE_URL: await postgres.newDatabase(), BASE_URL: 'https://news.example' },
      ...{ DATA_DIR: desk.dataDir, ARTICLES_DIR: desk.folder, FEED_ITEMS: '3' },
    }
    expect((await runNewsstand(there, env)).code).toBe(0)
    const name = nameIn(env.DATABASE_URL)
    /** Hands the site over once more, and has rows become others on the way. @returns the addresses that are named */
    const named = async (table: string, which: string, change: string) => {
      await postgres.query(
        name,
        `CREATE FUNCTION alter_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF ${which} THEN ${change}; END IF; RETURN NEW; END $$;
        CREATE TRIGGER alter_row BEFORE INSERT ON newsstand.${table} FOR EACH ROW EXECUTE FUNCTION alter_row()`,
      )
      const { code, err } = await runNewsstand(there, env)
      await postgres.query(name, 'DROP FUNCTION alter_row CASCADE')
      expect(code).toBe(1)
      const found = [...err.matchAll(/^(.*) is another than before\.$/gm)].map(([, at]) => at)
      expect(err).toMatch(new RegExp(`Of \\d+ documents ${found.length} are others than before`))
      return found.toSorted()
    }
    const isFour = `NEW.facts LIKE '%"Number 4"%'`
    const text = `NEW.html := replace(NEW.html, 'Text', 'Word'); NEW.content_sum := NULL`
    expect(await named('article', isFour, text)).toEqual(withFour)
    const facts = `NEW.facts := replace(NEW.facts, 'Ada', 'Ida'); NEW.content_sum := NULL`
    expect(await named('article', isFour, facts)).toEqual(withFour)
    // Only JSON Feed says how long it takes to read.
    const more = `NEW.facts := '{"readingTime":77,' || substr(NEW.facts, 2); NEW.content_sum := NULL`
    expect(await named('article', isFour, more)).toEqual(
      withFour.filter((address) => address.endsWith('/feed.json')),
    )
    const inFirst = `NEW.archive = 1 AND NEW.article % 2 = 0
      AND (SELECT kind FROM newsstand.channel WHERE number = NEW.channel) = 'site'`
    expect(await named('member', inFirst, 'NEW.archive := NULL')).toEqual(
      addressesIn('https://news.example/archive/1/'),
    )
    const isFerries = `NEW.slug = 'ferries'`
    const title = `NEW.name := 'Fairies'; NEW.sum := NULL`
    expect(await named('channel', isFerries, title)).toEqual(ofFerries)
    const date = 'NEW.changed := NEW.changed + 1000; NEW.sum := NULL'
    expect(await named('channel', isFerries, date)).toEqual(ofFerries)
    // Of a version only the ETags tell, and archive documents have none in theirs.
    expect(await named('channel', isFerries, 'NEW.version := NEW.version - 1')).toEqual(
      addressesIn('https://news.example/tags/ferries/'),
    )
  })

  it('leaves the target as it was where it is killed half-way, and can be run again', async () => {
    const newsstand = await startNewsstand(files, settings)
    await subscribe(newsstand, await startSubscriber())
    await newsstand.stop()
    const env = settingsOf(newsstand, { DATABASE_URL: await postgres.newDatabase() })
    const name = nameIn(env.DATABASE_URL)
    const deliveries = await DeliveryDatabase.open(env.DATABASE_URL)
    await deliveries.read('SELECT 1')
    await deliveries.close()
    const commits = () => postgres.query(name, 'SELECT n::integer FROM newsstand.site')
    await killWaiting(there, env)
    expect(await commits()).toEqual([])
    expect((await runNewsstand(there, env)).code).toBe(0)
    expect(await commits()).toEqual([{ n: 1 }])

    const target = { ...env, DATA_DIR: temporaryFolder() }
    await killWaiting(back, target)
    expect(readdirSync(target.DATA_DIR).filter((one) => one.endsWith('.sqlite'))).toEqual([])
    expect((await runNewsstand(back, target)).code).toBe(0)
    expect(sharedRows(target.DATA_DIR)).toEqual(sharedRows(newsstand.dataDir))
  })
})

const addressesIn = (folder: string) =>
  feedFormats.map(({ fileName }) => folder + fileName).toSorted()

/** The addresses of the documents of a channel. @param number of an article that has to be in them */
async function addressesOf(
  catalogue: Catalogue,
  key: ChannelKey,
  number?: number,
): Promise<string[]> {
  const folder = `https://news.example${channelPath(key)}`
  const record = await catalogue.channel(key)
  const addresses: string[] = []
  for (let n = 0; record && n <= lastArchive(record); n += 1) {
    const listed = n === 0 ? await catalogue.listed(key, 3) : await catalogue.archived(key, n)
    if (number !== undefined && !listed.some((one) => one.number === number)) continue
    addresses.push(...addressesIn(n === 0 ? folder : `${folder}archive/${n}/`))
  }
  return addresses.toSorted()
}

/** The addresses of all documents that the article of this title is in. */
async function addressesWith(catalogue: Catalogue, title: string): Promise<string[]> {
  let meant = 1
  while ((await catalogue.articleByNumber(meant))?.title !== title) meant += 1
  const addresses: string[] = []
  for await (const key of everyChannel(catalogue)) {
    addresses.push(...(await addressesOf(catalogue, key, meant)))
  }
  return addresses.toSorted()
}

/** Kills it where it waits for a table of deliveries: it has handed over, or copied, the catalogue by then. */
async function killWaiting(args: readonly string[], env: Readonly<Record<string, string>>) {
  const client = new Client({ connectionString: env.DATABASE_URL })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('BEGIN; LOCK TABLE newsstand.told IN ACCESS EXCLUSIVE MODE')
  const child = spawnNewsstand({ args, env, cwd: temporaryFolder() })
  const count = async (which: string) =>
    (await client.query(`SELECT FROM pg_locks WHERE ${which}`)).rowCount
  await until(async () => (await count('NOT granted')) === 1, 'the wait')
  await end(child, 'SIGKILL')
  await client.query('ROLLBACK')
  await until(async () => (await count(`locktype = 'advisory'`)) === 0, 'the end of its connection')
}
