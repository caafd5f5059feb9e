import { expect, it } from 'vitest'
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
