import { expect, it } from 'vitest'
import { caddySite } from '../../src/build/hosts/caddy.ts'
import { nginxSite } from '../../src/build/hosts/nginx.ts'
import { loadConfig } from '../../src/config.ts'
import { temporaryFolder } from '../support/folder.ts'

const siteOf = (out: string, BASE_URL: string) =>
  nginxSite({ config: loadConfig({ BASE_URL }, temporaryFolder()), out, redirects: [] })

it('prints nothing for nginx that nginx would take for a variable', () => {
  expect(siteOf('/srv/site', 'https://news.example')).toContain('root "/srv/site";')
  expect(() => siteOf('/srv/$site', 'https://news.example')).toThrow(
    '--out is /srv/$site, and nginx takes what follows a "$" for the name of a variable',
  )
  expect(() => siteOf('/srv/site', 'https://news.example/$a')).toThrow('BASE_URL is')
})

it('says how many former addresses are left out', () => {
  const config = loadConfig({ BASE_URL: 'https://news.example' }, temporaryFolder())
  const redirects = [
    ...['/old/one', `/${'a'.repeat(1001)}`, '/a%7Bb%7D'].map((from) => ({
      from,
      to: '/articles/one',
    })),
    { from: '/once', isGone: true } as const,
  ]
  const parts = { config, out: '/srv/site', redirects }
  expect(nginxSite(parts)).toMatch(/^# Left out, as they are longer than 1000 characters: 1\.$/m)
  expect(caddySite(parts)).toMatch(/^# Left out, .+, or have some that mean something else: 2\.$/m)
  expect(caddySite({ ...parts, redirects: [] })).not.toContain('Left out')
})
