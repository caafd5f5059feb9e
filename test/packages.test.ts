import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Package {
  readonly license?: string
  readonly dev?: boolean
  readonly resolved?: string
  readonly hasInstallScript?: boolean
}

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const packages: [string, Package][] = Object.entries(JSON.parse(read('package-lock.json')).packages)
const ours = JSON.parse(read('package.json'))
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13)

describe('packages of others', () => {
  it('run scripts when they are installed only if they are named', () => {
    const withScripts = packages.filter(([, one]) => one.hasInstallScript).map(([path]) => path)
    expect(withScripts.map(nameOf)).toEqual(Object.keys(ours.allowScripts))
    expect(read('.npmrc')).toMatch(/^strict-allow-scripts=true$/m)
  })

  it('come with a licence that is listed', () => {
    const listed = read('docs/security.md')
    for (const [path, { license, dev }] of packages) {
      if (path === '' || dev) continue
      // One states its licence in an older way, and is named itself.
      expect(listed, path).toContain(`\`${license ?? nameOf(path)}\``)
    }
  })

  it('come from whichever registry is set up, and are what they were', () => {
    for (const [path, one] of packages.slice(1)) {
      expect(one.resolved, path).toBeUndefined()
    }
    expect(packages.length).toBeGreaterThan(100)
  })
})
