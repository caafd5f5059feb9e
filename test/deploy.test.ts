/** What the files for running it as a service say, and what the program understands, are the same. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { settingList } from '../src/settings.ts'

const pathOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))
const read = (name: string) => readFileSync(pathOf(name), 'utf8')
/** Settings of ours, and of Node's. */
const known = [...settingList.map(({ name }) => name), 'NODE_ENV', 'NODE_COMPILE_CACHE']
const allFrom = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, one]) => one)

describe('the unit for systemd', () => {
  const unit = read('deploy/newsstand.service')

  it('runs a file of ours with node, which then gets the signals', () => {
    const [script = ''] = allFrom(unit, /^ExecStart=\/usr\/bin\/env node (\S+)$/gm)
    expect(script).not.toBe('')
    expect(existsSync(pathOf(script))).toBe(true)
  })

  it('lets a system call that is not allowed fail: older Nodes try some, and are killed otherwise', () => {
    expect(unit).toMatch(/^SystemCallErrorNumber=ENOSYS$/m)
  })

  it('sets what is a setting', () => {
    const names = allFrom(unit, /^Environment=([^=]+)=/gm)
    expect(names.length).toBeGreaterThan(3)
    for (const name of names) expect(known).toContain(name)
  })
})

describe('the container', () => {
  const file = read('Dockerfile')

  it('has a file of ours, run by node, as its first process', () => {
    const [command = '[]'] = allFrom(file, /^CMD (.+)$/gm)
    const [program, script] = JSON.parse(command)
    expect(program).toBe('node')
    expect(existsSync(pathOf(script))).toBe(true)
  })

  it('sets what is a setting, and is asked for its health at the port that is set', () => {
    const names = allFrom(file, /(?<=^ENV .*)\b([A-Z_]+)=/gm)
    for (const name of names) expect(known).toContain(name)
    expect(names).toContain('PORT')
    const [check = ''] = allFrom(file, /^HEALTHCHECK (.+)$/gm)
    expect(check).toContain('process.env.PORT')
    expect(check).not.toMatch(/:\d/)
  })

  it('gets files that are there, and no others', () => {
    const [first, ...rest] = read('.dockerignore')
      .split('\n')
      .filter((line) => /^[^#]/.test(line))
    expect(first).toBe('*')
    const names = rest.map((line) => line.replace(/^!/, ''))
    expect(names).toEqual(expect.arrayContaining(['package.json', 'src', 'public']))
    for (const name of names) expect(existsSync(pathOf(name)), name).toBe(true)
  })
})
