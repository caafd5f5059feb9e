import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { feedFormats } from '../src/channels/feed-formats.ts'
import { type Files, temporaryFolder, writeInto } from './support/folder.ts'
import { runNewsstand, startNewsstand } from './support/newsstand.ts'
import { page } from './support/page.ts'
import { end, freePort, spawnNewsstand } from './support/program.ts'
import { until } from './support/until.ts'

const isAnswered = (port: string) =>
  fetch(`http://127.0.0.1:${port}/rss.xml`).then(
    ({ ok }) => ok,
    () => false,
  )

describe('newsstand serve', () => {
  it('says what it serves, from where, and when it looks again', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page(), 'bad.txt': page({ date: '' }) })
    const lines = newsstand
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const { time, next, addresses, msg } = lines.find(({ msg }) => msg.startsWith('Newsstand'))
    expect(msg).toMatch(/serves 1 article from .*; 1 file rejected/)
    expect(Object.values(addresses)).toEqual(
      expect.arrayContaining(feedFormats.map(({ fileName }) => `${newsstand.url}/${fileName}`)),
    )
    for (const moment of [time, next]) expect(new Date(moment).toISOString()).toBe(moment)
    expect(await newsstand.stop('SIGTERM')).toBe(0)
  })

  it('stops in one line when a setting is none that is allowed', async () => {
    const { code, err, out } = await runNewsstand([], { PORT: '99999' })
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(
      /^newsstand: PORT is "99999"; allowed is a whole number from 1 to 65535\. .*\n$/,
    )
  })

  it('stops in one line when both listeners have the same port', async () => {
    const { code, err } = await runNewsstand([], { PORT: '4100', ADMIN_PORT: '4100' })
    expect(code).toBe(1)
    expect(err).toBe('newsstand: PORT and ADMIN_PORT are both 4100; set another one of them.\n')
  })

  it('serves the folder that is named, with data of its own where none are named', async () => {
    const cwd = temporaryFolder({
      'in/a.txt': page(),
      'in/bad.txt': page({ date: '' }),
      'newsstand.config.json': '{ "ARTICLES_DIR": "elsewhere" }',
    })
    const serve = async (env = {}) => {
      const settings = { PORT: String(await freePort()), ADMIN_PORT: '0', ...env }
      const child = spawnNewsstand({ args: ['in'], cwd, env: settings })
      onTestFinished(() => void child.kill('SIGKILL'))
      let err = ''
      child.stderr?.on('data', (chunk) => {
        err += chunk
      })
      await until(() => err.includes('Newsstand serves'), 'the start')
      expect(await end(child, 'SIGTERM')).toBe(0)
      return err
    }
    expect(await serve()).toContain(
      'serves 1 article from in; 1 file rejected (\\"npm run check -- in\\" says',
    )
    expect(existsSync(join(cwd, '.newsstand/in/catalogue.sqlite'))).toBe(true)
    expect(await serve()).toContain('the site is called \\"in\\", as its folder is')
    await serve({ DATA_DIR: 'kept' })
    expect(existsSync(join(cwd, 'kept/catalogue.sqlite'))).toBe(true)
    expect(existsSync(join(cwd, 'data'))).toBe(false)
  })

  it('keeps apart what is known of folders that have the same name', async () => {
    const cwd = temporaryFolder({
      'posts/a.txt': page(),
      'site/posts/b.txt': page(),
      'site/c.txt': page(),
    })
    const dataOf = async (folder: string, from: string) => {
      const before = new Set(globSync('**/.newsstand/*', { cwd }))
      const env = { PORT: String(await freePort()), ADMIN_PORT: '0' }
      const child = spawnNewsstand({ args: [folder], cwd: join(cwd, from), env })
      onTestFinished(() => void child.kill('SIGKILL'))
      await until(() => isAnswered(env.PORT), 'the start')
      await end(child, 'SIGTERM')
      return globSync('**/.newsstand/*', { cwd }).filter((path) => !before.has(path))
    }
    expect(await dataOf('./posts/', '.')).toEqual(['.newsstand/posts'])
    expect(await dataOf('site/posts', '.')).toEqual(['.newsstand/site%2fposts'])
    expect(await dataOf('..', 'site')).toEqual(['site/.newsstand/%2e.'])
    expect(await dataOf(join(cwd, 'posts'), '.')).toEqual([])
  })

  it('has what lies in a folder that was served by its name checked as in there', async () => {
    const stated = (title: string) =>
      `---\ntitle: ${title}\ndate: 2024-01-01\nguid: one\n---\n![](ferry.png)\n\nText.\n`
    const cwd = temporaryFolder({ 'posts/new/a.md': stated('The first') })
    const settings = { PORT: String(await freePort()), ADMIN_PORT: '0' }
    const child = spawnNewsstand({ args: ['./posts'], cwd, env: settings })
    onTestFinished(() => void child.kill('SIGKILL'))
    await until(() => isAnswered(settings.PORT), 'the start')
    expect(await end(child, 'SIGTERM')).toBe(0)
    writeInto(cwd, 'posts/b.md', stated('The second'))
    for (const path of ['posts/b.md', './posts', 'posts/']) {
      const { code, out } = await runNewsstand(['check', path], {}, cwd)
      expect([path, code, out]).toEqual([path, 1, expect.stringContaining('posts/b.md:')])
    }
    // The one that had the guid first keeps it.
    expect((await runNewsstand(['check', 'posts/new'], {}, cwd)).code).toBe(0)
  })

  it('takes one folder at a time', async () => {
    const { code, err } = await runNewsstand(['.', '.'])
    expect([code, err]).toEqual([
      1,
      'newsstand: name one folder at a time. See npm start -- --help.\n',
    ])
  })

  it('says what a misspelt command or option may mean', async () => {
    const cwd = temporaryFolder()
    const command = await runNewsstand(['chekc'], {}, cwd)
    expect(command.err).toContain('nor a folder "chekc" (did you mean check?). See ')
    const option = await runNewsstand(['check', '--jsno'], {}, cwd)
    expect(option.err).toContain("Unknown option '--jsno' (did you mean --json?). See ")
  })

  it('stops in one line when the folder is missing', async () => {
    const { code, err } = await runNewsstand(['serve'], { ARTICLES_DIR: '/nowhere/at/all' })
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain('ARTICLES_DIR is /nowhere/at/all; there is no such folder')
  })

  it('says how to begin where there are neither settings nor articles, and blames the folder that is named', async () => {
    const cwd = temporaryFolder()
    const none = await runNewsstand([], {}, cwd)
    expect(none.err).toMatch(/there is no such folder.* init; .* \.\/posts\.\n$/)
    const named = await runNewsstand(['./nowhere'], {}, cwd)
    expect(named.err).toBe(
      `newsstand: there is no folder ${cwd}/nowhere. Name the one that has your articles, or make it.\n`,
    )
    const { out } = await runNewsstand(['doctor', './nowhere'], { PORT: '0' }, cwd)
    expect(out).not.toContain('ARTICLES_DIR')
  })

  it('stops in one line when the port is in use', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    await once(other, 'listening')
    const env = { PORT: String(port), ARTICLES_DIR: temporaryFolder({ 'a.txt': page() }) }
    // Now and then a thread was still loading, and took the process down by a signal.
    const ends = await Promise.all([1, 2, 3, 4].map(() => runNewsstand([], env)))
    other.close()
    for (const { code, err } of ends) {
      expect(code).toBe(1)
      expect(err.trim().split('\n')).toHaveLength(1)
      expect(err).toContain(`PORT is ${port}`)
    }
  })
})

describe('settings whose names others use as well', () => {
  it('has a language of its own: that of the system neither stops it nor changes the feeds', async () => {
    const newsstand = await startNewsstand({ 'a.txt': page() }, { LANGUAGE: 'tr_TR:tr:en' })
    expect(await newsstand.text('/rss.xml')).toContain('<language>en</language>')
    await newsstand.stop()
    await newsstand.start({ LANGUAGE: 'tr', FEED_LANGUAGE: 'de' })
    expect(await newsstand.text('/rss.xml')).toContain('<language>de</language>')
  })

  it('takes the former name from newsstand.config.json, and says that there is another', async () => {
    const folder = temporaryFolder({
      'newsstand.config.json': '{ "LANGUAGE": "tr" }',
      'a.md': '---\ntitle: Another language\ndate: 2024-01-01\nlanguage: en\n---\nText.\n',
    })
    const { code, err, out } = await runNewsstand(['check', 'a.md'], {}, folder)
    expect(err).toBe(
      'newsstand: LANGUAGE in newsstand.config.json is now called FEED_LANGUAGE; please rename it\n',
    )
    expect([code, out]).toEqual([0, expect.stringContaining('language: en')])
  })

  it('says what HOST is when no address has that name, as where a shell has set it', async () => {
    const env = { HOST: 'pc-of-nobody.invalid', ARTICLES_DIR: temporaryFolder() }
    const { code, err } = await runNewsstand([], { ...env, PORT: String(await freePort()) })
    expect(code).toBe(1)
    expect(err).toContain('HOST pc-of-nobody.invalid; no address has this name')
    expect(err).toContain('if your shell set it and not you, start with HOST=127.0.0.1')
  })
})

/** Control characters but for line ends, and what turns the direction of text. */
const acting = /[^\P{Cc}\n]|[\u2028-\u202e\u2066-\u2069]/u

describe('a file whose name and words act on a terminal', () => {
  const name = 'a\u001b[31m\n[00:00:00] INFO: forged \u009b2J\u202e\u0007.txt'
  const words = 'Red \u001b]0;title\u0007 \u009b31m \u202ewords\u2028'
  const files = {
    [`good ${name}`]: page({ title: words, section: words, author: 'Ada \u009b31m Ak' }),
    [`bad ${name}`]: page({ date: '' }),
    'worse.md': `---\ntitle: x\ndate: "${words}"\n---\nText.`,
  }

  it('is shown with escapes by newsstand check', async () => {
    const { out, err } = await runNewsstand(['check', 'in'], {}, temporaryFolder(inFolder(files)))
    expect(out + err).not.toMatch(acting)
    expect(out).toContain(
      'in/bad a\\u001b[31m\\u000a[00:00:00] INFO: forged \\u009b2J\\u202e\\u0007.txt:1:',
    )
    expect(out).toContain('\\u009b31m')
    expect(out).toContain('3 files: 1 article, 2 rejected.')
    const missing = await runNewsstand(['check', `no ${name}`])
    expect(missing.err).not.toMatch(acting)
  })

  it('is shown with escapes in the log, as JSON', async () => {
    const newsstand = await startNewsstand(files)
    await until(() => newsstand.output().includes('rejected bad'))
    const logged = newsstand
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
    for (const line of logged) expect(JSON.parse(line).msg).not.toMatch(acting)
    expect(newsstand.output()).not.toMatch(acting)
  })

  // `script` (util-linux) gives the program a terminal.
  it('is shown with escapes on a terminal', async (context) => {
    if (!existsSync('/usr/bin/script')) context.skip('no program here makes a terminal: script(1)')
    const cwd = temporaryFolder(inFolder(files))
    const env = {
      PATH: process.env.PATH,
      PORT: String(await freePort()),
      ADMIN_PORT: '0',
      ARTICLES_DIR: 'in',
    }
    const command = `"${process.execPath}" "${join(import.meta.dirname, '../src/start.js')}"`
    const child = spawn('script', ['-qfec', command, '/dev/null'], { cwd, env, stdio: 'pipe' })
    onTestFinished(() => void child.kill())
    let out = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    await until(() => out.includes('Next refresh'))
    expect(out).toContain('\\u000a[00:00:00] INFO: forged')
    expect(out).toMatch(/Next refresh at \d\d:\d\d:\d\d UTC, or as soon as a file changes/)
    // Colours of the log's own, and nothing else.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(out.replace(/\u001b\[\d+m|\r\n/g, '')).not.toMatch(acting)
  })
})

const inFolder = (files: Files) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`in/${name}`, text]))

describe('newsstand', () => {
  it('explains itself', async () => {
    const { code, out } = await runNewsstand(['--help'])
    expect(code).toBe(0)
    const words = ['serve', 'check', 'migrate', 'ARTICLES_DIR', 'FEED_ITEMS']
    for (const word of words) expect(out).toContain(word)
    expect((await runNewsstand(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('names its commands as they are typed in a clone', async () => {
    const cwd = temporaryFolder(
      Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`${n}.md`, page({ date: '' })])),
    )
    const runs = [await runNewsstand(['--help']), await runNewsstand(['--wat'])]
    runs.push(await runNewsstand(['check', '.'], {}, cwd))
    const inClone = runs.map(({ out, err }) => out + err).join('\n')
    expect(inClone).toMatch(/\n {2}npm run check -- \[path…\] +Reads/)
    expect(inClone).toContain('See npm start -- --help.')
    expect(inClone).toContain('"npm run check -- FILE" says')
    expect(inClone).not.toContain('newsstand check')
  })

  it('refuses commands and options it does not know', async () => {
    for (const args of [['publish'], ['publish', 'it'], ['--wat']]) {
      const { code, err } = await runNewsstand(args)
      expect(code).toBe(1)
      expect(err.trim().split('\n')).toHaveLength(1)
      expect(err).toContain('--help')
    }
  })
})
