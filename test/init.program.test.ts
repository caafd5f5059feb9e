import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './support/folder.ts'
import { runNewsstand } from './support/newsstand.ts'
import { end, freePort, unprivileged } from './support/program.ts'
import { until } from './support/until.ts'

const settingsIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'newsstand.config.json'), 'utf8'))

const namesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort()

/** In a terminal, where somebody types. @param keys what is typed once something has been asked */
async function typed(cwd: string, keys: string, ...args: string[]) {
  const start = fileURLToPath(new URL('../src/start.js', import.meta.url))
  const command = ['"$NODE"', start, 'init', ...args].join(' ')
  const env = { PATH: process.env.PATH, NODE: process.execPath }
  const child = spawn('script', ['-qfec', command, '/dev/null'], { cwd, env, stdio: 'pipe' })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  await until(() => child.exitCode !== null || printed.includes(': '), 'a question')
  child.stdin.write(keys)
  const [code] = await once(child, 'close')
  return { code, printed }
}

describe('newsstand init', () => {
  it('writes settings and a first article, and the command that it names serves them', async () => {
    const cwd = temporaryFolder()
    const args = ['init', 'my site', '--name', 'Harbour "News"', '--url', 'news.example/']
    const { code, out, err } = await runNewsstand(args, {}, cwd)
    expect([code, err]).toEqual([0, ''])
    const site = join(cwd, 'my site')
    expect(namesIn(site)).toEqual(['articles/a-first-article.md', 'newsstand.config.json'])
    const { SITE_ID, ...others } = settingsIn(site)
    expect(SITE_ID).toMatch(/^[\da-f]{8}-/)
    expect(others).toEqual({
      SITE_TITLE: 'Harbour "News"',
      BASE_URL: 'https://news.example',
    })
    const commands = out.split('\n').filter((line) => line.startsWith('  cd '))
    expect(commands).toHaveLength(2)
    expect(commands[0]).toMatch(/^ {2}cd 'my site' && node \S+newsstand\.cjs$/)
    const port = await freePort()
    const env = { PORT: String(port), ADMIN_PORT: '0' }
    const child = spawn('sh', ['-c', `${commands[0]?.replace('&& ', '&& exec ')}`], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
    })
    let printed = ''
    child.stderr.on('data', (chunk) => {
      printed += chunk
    })
    await until(() => {
      if (child.exitCode !== null) throw new Error(printed)
      return printed.includes('Newsstand serves 1 article')
    })
    const answer = await fetch(`http://127.0.0.1:${port}/feed.json`)
    const feed = JSON.parse(await answer.text())
    expect(feed.title).toBe('Harbour "News"')
    expect(feed.items[0].title).toBe('A first article')
    const rss = await (await fetch(`http://127.0.0.1:${port}/rss.xml`)).text()
    expect(rss).toContain('<copyright>© Harbour "News"</copyright>')
    expect(rss).not.toContain('trtworld')
    expect(namesIn(site)).toContain('data/catalogue.sqlite')
    await end(child, 'SIGTERM')
  })

  it('asks whoever has a terminal, again where an answer cannot be used', async () => {
    const cwd = temporaryFolder()
    const { code, printed } = await typed(cwd, ' \nKestrel\nftp://news.example\n\n')
    expect(code).toBe(0)
    expect(printed.match(/Name of the site: /g)?.length).toBeGreaterThan(1)
    expect(printed).toContain('Allowed is an http or https address')
    // What is the default goes with PORT.
    expect(Object.keys(settingsIn(cwd))).toEqual(['SITE_TITLE', 'SITE_ID'])
    expect(printed).not.toContain('doctor')
  })

  it('writes nothing where whoever is asked goes away', async () => {
    for (const key of ['\u0003', '\u0004', 'Kestrel\n\u0003']) {
      const cwd = temporaryFolder()
      const { code, printed } = await typed(cwd, key)
      expect(code).toBe(1)
      expect(printed).toContain('newsstand: nothing was written.')
      expect(readdirSync(cwd)).toEqual([])
    }
  })

  it('says without a terminal what has to be stated, and asks nothing then', async () => {
    const cwd = temporaryFolder()
    const { code, out, err } = await runNewsstand(['init', '--name', 'Kestrel'], {}, cwd)
    expect([code, out, readdirSync(cwd)]).toEqual([1, '', []])
    expect(err).toContain(
      'there is no terminal to ask in: state --name and --url, or --yes for "Kestrel"',
    )
    const site = temporaryFolder({ '_config.yml': 'title: Harbour\nurl: http://localhost:4000' })
    expect((await runNewsstand(['init'], {}, site)).err).toContain(
      ' or --yes for "Harbour" and http://localhost:3000. See',
    )
    const yes = await runNewsstand(['init', 'kestrel', '--yes'], {}, cwd)
    expect(yes.code).toBe(0)
    expect(settingsIn(join(cwd, 'kestrel'))).toMatchObject({ SITE_TITLE: 'kestrel' })
  })

  it('takes no name and no address that is not allowed, and no option of another command', async () => {
    const cwd = temporaryFolder()
    for (const [args, said] of [
      [['init', '--yes', '--name', ' '], '--name is " "; allowed is'],
      [['init', '--yes', '--url', 'https://a:b@news.example'], '--url is'],
      [['init', '--json'], '--json is an option of check.'],
      [['check', '--yes'], '--yes is an option of init.'],
      [['init', 'a', 'b', '--yes'], 'one folder'],
    ] as const) {
      const { code, err } = await runNewsstand(args, {}, cwd)
      expect(code, said).toBe(1)
      expect(err).toContain(said)
      expect(err).not.toContain('a:b@')
    }
    expect(readdirSync(cwd)).toEqual([])
  })

  it('names the port at which it will listen', async () => {
    const cwd = temporaryFolder()
    const { out } = await runNewsstand(['init', '--yes'], { PORT: '4100' }, cwd)
    expect(out).toContain('and open http://localhost:4100/.')
    // The default goes with PORT.
    expect(Object.keys(settingsIn(cwd))).toEqual(['SITE_TITLE', 'SITE_ID'])
    const { err } = await runNewsstand(['init', 'a', '--yes'], { PORT: 'x' }, cwd)
    expect(err).toMatch(/^newsstand: PORT is "x"; allowed is a whole number/)
  })

  it('takes no file for a folder', async () => {
    const cwd = temporaryFolder({ 'a.txt': 'Words.' })
    for (const folder of ['a.txt', 'a.txt/b/c']) {
      const { code, err } = await runNewsstand(['init', folder, '--yes'], {}, cwd)
      expect([code, err]).toEqual([1, `newsstand: ${cwd}/a.txt is a file; name a folder.\n`])
    }
    const other = temporaryFolder({ articles: 'Words.' })
    const { err } = await runNewsstand(['init', '--yes'], {}, other)
    expect(err).toMatch(/articles is a file/)
    expect(namesIn(other)).toEqual(['articles'])
  })

  it('changes nothing that is there', async () => {
    const cwd = temporaryFolder({ 'newsstand.config.json': '{}', 'articles/a.md': 'Mine.' })
    const { code, err } = await runNewsstand(['init', '--yes'], {}, cwd)
    expect([code, err]).toEqual([
      1,
      'newsstand: newsstand.config.json is there already, and nothing was changed.\n',
    ])
    expect(namesIn(cwd)).toEqual(['articles/a.md', 'newsstand.config.json'])
    expect(settingsIn(cwd)).toEqual({})
  })

  it('writes no first article where articles are, in a folder of their own or as Jekyll has them', async () => {
    const post = '---\ntitle: The pier\n---\nBoats.\n'
    for (const [files, folder, count] of [
      [{ '_posts/2024-01-02-pier.md': post, '_config.yml': '', 'about.md': post }, '.', 1],
      [{ 'articles/2024-01-02-pier.md': post, 'docs/a.md': 'Docs.' }, undefined, 1],
      [{ 'pier.md': post, 'boats.txt': 'Boats\n\nThey lie there.' }, '.', 2],
    ] as const) {
      const cwd = temporaryFolder(files as Record<string, string>)
      const { code, out } = await runNewsstand(['init', '--yes'], {}, cwd)
      expect(code).toBe(0)
      expect(settingsIn(cwd).ARTICLES_DIR).toBe(folder)
      expect(namesIn(cwd)).toEqual([...Object.keys(files), 'newsstand.config.json'].sort())
      expect(out).toMatch(
        new RegExp(`^Files in (?:this folder|articles) that may be articles: ${count}\\.`, 'm'),
      )
      // Its data is in none of what is read.
      const { DATA_DIR } = settingsIn(cwd)
      expect(DATA_DIR).toBe(folder && './.newsstand')
      expect((await runNewsstand(['check'], {}, cwd)).code).toBe(0)
    }
  })

  it("takes what the site's own configuration says, and says whence each is", async () => {
    const post = '---\ntitle: The pier\n---\nBoats.\n'
    const png = readFileSync(fileURLToPath(new URL('cases/feeds/img/pier.png', import.meta.url)))
    const jekyll = {
      '_posts/2024-01-02-pier.md': post,
      '_config.yml':
        'title: Harbour News # shown on top\ndescription: >-\n  What comes <b>in</b>,\n  and what goes.\nurl: "https://harbour.example"\n' +
        'baseurl: /news\nlang: pt_BR\ntimezone: Europe/Lisbon\nauthor:\n  name: Jo Lind\nlogo: /assets/mark.png\n',
      'assets/mark.png': png,
    }
    const of = {
      SITE_TITLE: 'Harbour News',
      SITE_DESCRIPTION: 'What comes in, and what goes.',
      BASE_URL: 'https://harbour.example/news',
      FEED_LANGUAGE: 'pt-BR',
      TIME_ZONE: 'Europe/Lisbon',
      LOGO: 'assets/mark.png',
    }
    const hugo = {
      'content/posts/pier.md': '---\ntitle: The pier\ndate: 2024-01-02\n---\nBoats.\n',
      'config/_default/hugo.toml':
        'baseURL = "https://harbour.example/news/"\ndefaultContentLanguage = "pt"\ntimeZone = "Europe/Lisbon"\n',
      'config/_default/languages.pt.toml':
        'title = "Harbour News"\nlanguageCode = "pt-br"\n[author]\nname = "Jo Lind"\n',
      'config/_default/params.toml':
        'description = "What comes in, and what goes."\nlogo = "mark.png"\n',
      'static/mark.png': png,
    }
    const astro = {
      'src/content/blog/pier.md': '---\ntitle: The pier\npubDate: 2024-01-02\n---\nBoats.\n',
      'astro.config.mjs':
        "export default {\n  site: 'https://harbour.example',\n  base: '/news',\n}\n",
      'src/consts.ts':
        "export const SITE_TITLE = 'Harbour News';\nexport const SITE_DESCRIPTION = 'What comes in, and what goes.';\n",
    }
    const { SITE_TITLE, SITE_DESCRIPTION, BASE_URL } = of
    for (const [files, settings, said] of [
      [jekyll, of, 'BASE_URL: https://harbour.example/news (url and baseurl in _config.yml)'],
      [
        hugo,
        { ...of, FEED_LANGUAGE: 'pt-br', LOGO: 'static/mark.png' },
        'SITE_TITLE: Harbour News (languages.pt.title in config/_default/languages.pt.toml)',
      ],
      [
        astro,
        { SITE_TITLE, SITE_DESCRIPTION, BASE_URL },
        'SITE_TITLE: Harbour News (SITE_TITLE in src/consts.ts)',
      ],
    ] as const) {
      const cwd = temporaryFolder(files)
      // There is no terminal, and nobody has to be asked.
      const { code, out, err } = await runNewsstand(['init'], {}, cwd)
      expect([code, err]).toEqual([0, ''])
      expect(out).toContain(`  ${said}\n`)
      const { SITE_ID, ARTICLES_DIR, DATA_DIR, ...others } = settingsIn(cwd)
      expect(others).toEqual(settings)
      expect((await runNewsstand(['check'], {}, cwd)).code).toBe(0)
    }
  })

  it('asks with what the configuration of the site says as the answer, and what is typed wins', async () => {
    const files = { '_config.yml': 'title: Harbour News\nurl: https://harbour.example\n' }
    const cwd = temporaryFolder(files)
    const { code, printed } = await typed(cwd, '\nkestrel.example\n')
    expect(code).toBe(0)
    expect(printed).toContain('Name of the site [Harbour News]: ')
    expect(printed).toContain('[https://harbour.example]: ')
    expect(settingsIn(cwd)).toMatchObject({
      SITE_TITLE: 'Harbour News',
      BASE_URL: 'https://kestrel.example',
    })
    const other = temporaryFolder({ ...files, 'news/a.md': 'Boats.' })
    const { out } = await runNewsstand(['init', 'news', '--name', 'Kestrel'], {}, other)
    expect(settingsIn(join(other, 'news'))).toMatchObject({
      SITE_TITLE: 'Kestrel',
      BASE_URL: 'https://harbour.example',
    })
    expect(out).toContain('BASE_URL: https://harbour.example (url in ../_config.yml)')
    expect(out).not.toContain('SITE_TITLE')
  })

  it('says what of a configuration it cannot take, and goes on', async () => {
    const cwd = temporaryFolder({
      '_config.yml': 'title: [Harbour\nurl: x',
      'config.toml': 'name = "a program"',
      'hugo.toml':
        'baseURL = "https://example.org/"\nlanguageCode = "english"\n[params]\nlogo = "mark.jpg"\nicon = "/img/none.png"\n',
      'static/mark.jpg': 'JPEG',
    })
    const { code, out } = await runNewsstand(['init', '--yes'], {}, cwd)
    expect(code).toBe(0)
    expect(out).toMatch(/^Left out:\n {2}_config\.yml cannot be read: it has a list/)
    expect(out).toMatch(/languageCode in hugo\.toml is no FEED_LANGUAGE: allowed is the tag/)
    expect(out).toContain(
      '  params.icon in hugo.toml is no ICON: there is no file /img/none.png.\n',
    )
    expect(out).toMatch(/params\.logo in hugo\.toml is no LOGO: allowed is .*\.png\.\n/)
    expect(Object.keys(settingsIn(cwd))).toEqual(['SITE_TITLE', 'SITE_ID'])
    expect(out).not.toContain('a program')
    const { out: elsewhere } = await runNewsstand(
      ['init', '--yes'],
      {},
      temporaryFolder({ '_config.yml': 'logo: //cdn.example/mark.png\nicon: ship' }),
    )
    expect(elsewhere).toMatch(
      /^Left out:\n {2}logo in _config\.yml is no LOGO: it is an address, and no file of the site\.\n\n/,
    )
  })

  it('does not take the texts of a program for articles', async () => {
    const cwd = temporaryFolder({
      'package.json': '{}',
      'docs/guide.md': '# A guide\n\nHow to.',
      'node_modules/a/guide.md': '# A guide\n\nHow to.',
    })
    await runNewsstand(['init', '--yes'], {}, cwd)
    expect(settingsIn(cwd)).not.toHaveProperty('ARTICLES_DIR')
    expect(existsSync(join(cwd, 'articles/a-first-article.md'))).toBe(true)
  })

  it('says where it may not write', async () => {
    const cwd = temporaryFolder()
    const locked = join(cwd, 'locked')
    mkdirSync(locked)
    chmodSync(locked, 0o555)
    const { code, err } = await runNewsstand(['init', '--yes'], {}, locked, unprivileged)
    expect(code).toBe(1)
    expect(err).toMatch(
      /^newsstand: newsstand\.config\.json cannot be written: this user may not write into .*\. Give it the right to, .*\n$/,
    )
  })
})
