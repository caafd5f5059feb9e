// FreshRSS, installed anew in $STATE, with one user who subscribes to $TOPIC. See README.md for what it is told and prints.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const { TOPIC, CALLBACK, STATE } = process.env
// It asks for no push where it believes itself to be at an inner address.
const base = new URL(CALLBACK)
const listen = base.host
base.hostname = 'freshrss.test'
const home = `${STATE}/FreshRSS`
const print = (is, text = '') => console.log(JSON.stringify({ is, text }))
const php = (...args) => execFileSync('php', args, { cwd: home, stdio: 'pipe' })

cpSync('FreshRSS', home, { recursive: true, filter: (path) => !path.endsWith('.git') })
const database = ['--db-type', 'sqlite', '--db-base', 'freshrss']
const open = ['--default-user', 'reader', '--auth-type', 'none', '--environment', 'production']
php('cli/do-install.php', ...open, '--base-url', base.href, ...database)
const opml = `<opml version="2.0"><body><outline type="rss" text="T" xmlUrl="${TOPIC}"/></body></opml>`
// What each new user reads.
writeFileSync(`${home}/data/opml.xml`, opml)
php('cli/create-user.php', '--user', 'reader')
const env = { ...process.env, PHP_CLI_SERVER_WORKERS: '4' }
const server = spawn('php', ['-S', listen, '-t', 'p'], {
  ...{ cwd: home, env, stdio: 'ignore', detached: true },
})
const end = () => {
  // With its workers.
  process.kill(-server.pid)
  process.exit()
}
process.on('SIGTERM', end)
await sleep(1000)

const pushed = `${home}/data/PubSubHubbub/feeds`
const files = () =>
  existsSync(pushed)
    ? readdirSync(pushed, { recursive: true }).map((name) => `${pushed}/${name}`)
    : []
const hubFile = () => files().find((name) => name.endsWith('!hub.json'))
const lease = () => {
  const file = hubFile()
  return file && (JSON.parse(readFileSync(file, 'utf8') || '{}').lease_end ?? 0)
}
const refresh = () => php('cli/actualize-user.php', '--user', 'reader')
refresh()

/** Says whether a fault is that FreshRSS is just writing what we read. */
const isPassing = ({ message }) => /locked|JSON|no such/.test(message)

function renew() {
  // As if it were to end within a day: then it renews at the next refresh, which comes soonest a day after the last.
  const kept = new DatabaseSync(`${home}/data/users/reader/db.sqlite`, { timeout: 5000 })
  kept.exec('UPDATE feed SET lastUpdate = 0')
  kept.close()
  const file = hubFile()
  const hub = JSON.parse(readFileSync(file, 'utf8'))
  known = Math.round(Date.now() / 1000) + 60
  writeFileSync(file, JSON.stringify({ ...hub, lease_end: known }))
  refresh()
}

function leave() {
  // What is left of a subscription when the last reader has given up the feed: it unsubscribes when it is sent the next.
  const reader = files().find((name) => name.endsWith('reader.txt'))
  if (reader) unlinkSync(reader)
  print('leaves')
}

createInterface(process.stdin).on('line', async (line) => {
  for (;;) {
    try {
      return line === 'renew' ? renew() : leave()
    } catch (error) {
      if (!isPassing(error)) throw error
      await sleep(20)
    }
  }
})

let known = 0
let isSubscribed = false
let seen = ''
for (;;) {
  await sleep(20)
  try {
    const now = lease()
    if (now > known) print('subscribe')
    if (now === undefined && isSubscribed) print('unsubscribe')
    known = now ?? 0
    // Not known > 0: the file may just be written.
    isSubscribed = now !== undefined && (isSubscribed || now > 0)
    const read = new DatabaseSync(`${home}/data/users/reader/db.sqlite`, { readOnly: true })
    const rows = read.prepare('SELECT title, content FROM entry').all()
    read.close()
    const text = JSON.stringify(rows)
    if (text !== seen) print('content', text)
    seen = text
  } catch (error) {
    if (!isPassing(error)) throw error
  }
}
