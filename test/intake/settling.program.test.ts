import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { look } from '../../src/intake/folder.ts'
import { Settling } from '../../src/intake/settling.ts'
import { temporaryFolder } from '../support/folder.ts'
import { until } from '../support/until.ts'

/** Writes half of a file and keeps it open. */
function holdOpen(path: string) {
  const writer = spawn('sh', ['-c', 'exec 9>"$0"; printf half >&9; read line', path])
  onTestFinished(() => void writer.kill())
  return writer
}

describe('a file that a program keeps open for writing', () => {
  it('is waited for however long that rests, ever more seldom, and is named once', async () => {
    const root = temporaryFolder()
    const writer = holdOpen(join(root, 'slow.md'))
    const entries = () => [look(root, 'slow.md')].filter((entry) => entry !== undefined)
    await until(() => (entries()[0]?.size ?? 0) > 0, 'half a file')
    const settling = new Settling()
    // Half an hour later, as far as it can tell.
    const start = Date.now() + 60_000
    const named: number[] = []
    const looks: number[] = []
    let at = 0
    while (at < 30 * 60_000) {
      looks.push(at)
      const { waiting, againInMs, overdue } = settling.judge(root, entries(), start + at, at)
      expect([...waiting]).toEqual(['slow.md'])
      if (overdue.length > 0) named.push(at)
      at += againInMs
    }
    expect(named).toHaveLength(1)
    expect(named[0]).toBeGreaterThanOrEqual(60_000)
    expect(named[0]).toBeLessThan(80_000)
    expect(looks.filter((time) => time < 5000).length).toBeGreaterThan(20)
    expect(looks.length).toBeLessThan(300)
    writer.stdin.end()
    await once(writer, 'exit')
    expect(settling.judge(root, entries(), start + at, at).waiting.size).toBe(0)
  })

  it('is not looked for before its time, however often it changes', () => {
    const root = temporaryFolder({ 'a.md': 'A' })
    const entry = look(root, 'a.md')
    const settling = new Settling()
    const judge = (now: number, clock: number) =>
      settling.judge(root, entry ? [entry] : [], now, clock)
    expect(judge(Date.now(), 0).againInMs).toBe(60)
    // It rests by now, and is looked at when it is due.
    const later = Date.now() + 60_000
    expect(judge(later, 59).waiting.size).toBe(1)
    expect(judge(later, 60).waiting.size).toBe(0)
  })
})
