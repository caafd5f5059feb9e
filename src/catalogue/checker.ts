/** Looks through the whole catalogue for damage, in a thread of its own. */
import { constants } from 'node:os'
import type { DatabaseSync } from 'node:sqlite'
import { giveWay } from '../give-way.ts'
import { answerCalls } from '../thread.ts'
import { addressIn } from './addresses.ts'
import { DamageError, isDamage } from './damage.ts'
import { heldIn, storyIn } from './editions.ts'
import { checkGuid } from './guids.ts'
import { knownOf } from './known-channel.ts'
import { readNamespaces } from './namespaces.ts'
import { openForReading } from './store.ts'
import { checkChannel, checkContent, checkIdentity, checkSpelling } from './sums.ts'

if (process.platform === 'linux') giveWay(constants.priority.PRIORITY_LOW)
answerCalls({ findDamage })

/** @returns what is damaged first; undefined when nothing is */
function findDamage(path: string): string | undefined {
  const database = openForReading(path)
  try {
    const [first] = database.prepare('PRAGMA integrity_check(1)').all()
    if (first?.integrity_check !== 'ok') return String(first?.integrity_check)
    checkPaths(database)
    const setting = database.prepare('SELECT value FROM setting WHERE name = ?')
    readNamespaces(setting.get('namespaces')?.value)
    for (const row of database.prepare('SELECT * FROM article').iterate()) {
      checkIdentity(row)
      checkContent(row)
    }
    for (const row of database.prepare('SELECT * FROM address').iterate()) addressIn(row)
    for (const row of database.prepare('SELECT * FROM guid').iterate()) checkGuid(row)
    for (const row of database.prepare('SELECT * FROM edition').iterate()) heldIn(row)
    for (const row of database.prepare('SELECT * FROM story').iterate()) storyIn(row)
    for (const row of database.prepare('SELECT * FROM channel').iterate()) {
      checkChannel(row, knownOf(row))
    }
    for (const row of database.prepare('SELECT * FROM spelling').iterate()) checkSpelling(row)
    return undefined
  } catch (error) {
    if (isDamage(error)) return (error as Error).message
    throw error
  } finally {
    database.close()
  }
}

/** Files and articles name each other. */
function checkPaths(database: DatabaseSync): void {
  const row = database
    .prepare(
      `SELECT
         (SELECT count(*) FROM file f LEFT JOIN article a ON a.number = f.article
          WHERE f.article IS NOT NULL AND a.path IS NOT f.path)
         + (SELECT count(*) FROM article a LEFT JOIN file f ON f.path = a.path
            WHERE a.path IS NOT NULL AND f.article IS NOT a.number) AS wrong`,
    )
    .get()
  if (row?.wrong !== 0) throw new DamageError('a file and its article do not fit')
}
