/** What several processes count, added up by one. */
import { describe, expect, it } from 'vitest'
import { createGuard } from '../../src/server/rate-limit.ts'
import { createAudience } from '../../src/status/audience.ts'
import { createTraffic } from '../../src/status/traffic.ts'

const aMinuteMs = 60_000

/** Audiences of one that adds up, and of two that count with its salt. */
function three(clock: () => number) {
  const sum = createAudience(clock)
  const others = [createAudience(clock), createAudience(clock)] as const
  const nobody = { today: {}, yesterday: {}, stated: {} }
  for (const other of others) other.restore({ ...sum.saltOfToday(), ...nobody })
  return { sum, others }
}

describe('an audience', () => {
  it('counts who has polled several once, however often that is added', () => {
    const { sum, others } = three(() => 0)
    for (const [index, other] of others.entries()) {
      for (let n = 0; n < 6; n += 1) other.note('Reader', `192.0.2.${n + index * 3}`, '/rss.xml')
    }
    for (const other of [...others, ...others]) sum.add(other.state())
    expect(sum.subscribers()).toEqual([{ reader: 'Reader', subscribers: 9, isStated: false }])
  })

  it('does not count what was hashed with another salt', () => {
    const { sum } = three(() => 0)
    const stranger = createAudience(() => 0)
    stranger.note('Reader', '192.0.2.1', '/rss.xml')
    sum.add(stranger.state())
    expect(sum.subscribers()).toEqual([])
  })

  it('goes by what a reader stated last, and keeps who states it to several over time', () => {
    let now = 0
    const { sum, others } = three(() => now)
    others[0].note('Feedly (10 subscribers)', '192.0.2.1', '/rss.xml')
    sum.add(others[0].state())
    now += 11 * aMinuteMs
    others[1].note('Feedly (12 subscribers)', '192.0.2.1', '/rss.xml')
    sum.add(others[1].state())
    // Names that others make up push out each other, and none that stays.
    for (let n = 0; n < 3000; n += 1) sum.note(`Made up ${n} (1 subscribers)`, '192.0.2.2', '/a')
    const [found] = sum.subscribers()
    expect(found).toEqual({ reader: 'Feedly', subscribers: 12, isStated: true })
  })

  it('has as many readers as one that counts alone', () => {
    const { sum, others } = three(() => 0)
    for (const [index, other] of others.entries()) {
      for (let n = 0; n < 150; n += 1) other.note(`Reader ${index} ${n}`, '192.0.2.1', '/rss.xml')
      sum.add(other.state())
    }
    expect(sum.subscribers()).toHaveLength(100)
  })
})

describe('traffic', () => {
  it('is handed over once, and added to what is counted already', () => {
    const [sum, other] = [createTraffic(), createTraffic()]
    other.of('/rss.xml').sent(200, 10, 5)
    other.of('/rss.xml').notModified(10)
    sum.of('/rss.xml').sent(200, 1, 1)
    sum.add(other.take())
    expect(other.take()).toEqual([])
    other.of('/rss.xml').sent(503, 0, 0)
    sum.add(other.take())
    expect([...sum.all()]).toMatchObject([
      {
        ...{ channel: '/', format: 'rss.xml', answers: { 200: 2, 304: 1, 503: 1 } },
        ...{ bytesSent: 11, bytesSavedByNotModified: 10, bytesSavedByCompression: 6 },
      },
    ])
  })

  it('of more channels than are counted is counted together', () => {
    const [sum, other] = [createTraffic(), createTraffic()]
    for (let n = 0; n < 3000; n += 1) sum.of(`/tags/${n}/rss.xml`).sent(200, 1, 0)
    other.of('/tags/another/rss.xml').sent(200, 1, 0)
    sum.add(other.take())
    expect([...sum.all()].at(-1)).toMatchObject({ channel: 'others', answers: { 200: 1 } })
  })
})

describe('a guard', () => {
  it('counts downloads that others have answered, and tells of its own', () => {
    const told: string[] = []
    const guard = createGuard(3, (name) => told.push(name))
    const request = { headers: {}, ip: '192.0.2.1' } as Parameters<typeof guard>[0]
    expect(guard(request, '/rss.xml')).toBe(0)
    expect(told).toHaveLength(1)
    expect(told[0]).not.toContain('192')
    guard.add(told[0] ?? '', 2)
    expect(guard(request, '/rss.xml')).toBeGreaterThan(3500)
    expect(guard(request, '/atom.xml')).toBe(0)
  })
})
