/** The command `init`: a site's settings, and a first article where there is none. Changes nothing that is there. */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { check } from './check.ts'
import { commandIn, serveCommand } from './command-text.ts'
import { isAllowed, loadConfig, shown } from './config.ts'
import { ConfigError, configFile } from './config-file.ts'
import { type ProposedSettings, proposedSettings } from './init/proposed-settings.ts'
import type { Setting } from './setting-kinds.ts'
import { settings } from './settings.ts'
import { printable } from './text.ts'

/** What was stated in the command. */
export interface Given {
  readonly name?: string
  readonly url?: string
  /** Whether nothing is asked. */
  readonly yes?: boolean
}

interface Answers {
  readonly name: string
  /** Without a slash at its end. */
  readonly url: string
}

/** Where articles are, or are to be, relative to the site's folder. */
interface Found {
  readonly folder: string
  /** Files that are meant as articles. */
  readonly files: number
}

const { siteTitle, baseUrl } = settings
const firstArticle = 'a-first-article.md'

/**
 * @param folder of the site; made where it is not there
 * @param port of the environment, as it is set there
 * @throws ConfigError when something is there already, is not allowed, or cannot be asked
 */
export async function init(folder: string, given: Given, port?: string): Promise<void> {
  const settingsPath = join(folder, configFile)
  for (const place of [join(folder, 'articles'), folder]) {
    const file = fileOnTheWay(resolve(place))
    if (file !== undefined) throw new ConfigError(`${file} is a file; name a folder.`)
  }
  if (statSync(settingsPath, { throwIfNoEntry: false })) throw isThere(folder)
  if (given.name !== undefined) checkAnswer(siteTitle, given.name, '--name')
  if (given.url !== undefined) checkAnswer(baseUrl, addressOf(given.url), '--url')
  const local = loadConfig({ PORT: port }, folder).baseUrl
  const proposed = await proposedSettings(folder)
  const ofSite = (setting: Setting) => proposed.settings.get(setting.name)?.text
  const answers = given.yes
    ? withoutAsking(folder, given, local, ofSite)
    : await asked(folder, given, local, ofSite)
  const found = await articlesIn(folder)
  const written = [configFile]
  write(folder, configFile, settingsText(answers, local, found, proposed))
  if (found.files === 0) {
    const path = join(found.folder, firstArticle)
    write(folder, path, articleText(answers))
    written.push(path)
  }
  process.stdout.write(
    whatTaken(given, proposed) + whatNext(folder, written, found, answers, local),
  )
}

/** What lies where the folder, or one that it is in, would have to be. */
function fileOnTheWay(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found) return found.isDirectory() ? undefined : folder
  return dirname(folder) === folder ? undefined : fileOnTheWay(dirname(folder))
}

const isThere = (folder: string) =>
  new ConfigError(`${shownPath(folder, configFile)} is there already, and nothing was changed.`)

const shownPath = (folder: string, path: string) =>
  relative(process.cwd(), resolve(folder, path)) || '.'

/** Most people write no more than `news.example`. */
function addressOf(text: string): string {
  if (/:\/\//.test(text)) return text
  return `${/^(?:localhost|127\.|\[::1\])/.test(text) ? 'http' : 'https'}://${text}`
}

/** @throws ConfigError */
function checkAnswer(setting: Setting, text: string, name: string): void {
  if (isAllowed(setting, text)) return
  throw new ConfigError(`${name} is ${shown(text, setting)}; allowed is ${setting.allowed}.`)
}

/** What the site's own configuration says a setting is. */
type OfSite = (setting: Setting) => string | undefined

/** @param local where only this machine reaches it */
function withoutAsking(folder: string, given: Given, local: string, ofSite: OfSite): Answers {
  const name = given.name ?? ofSite(siteTitle) ?? basename(resolve(folder))
  const url = given.url ?? ofSite(baseUrl) ?? local
  return { name: name.trim(), url: baseUrl.read(addressOf(url)) }
}

/** @throws ConfigError when there is nobody to ask, or whoever was asked has gone */
async function asked(
  folder: string,
  given: Given,
  local: string,
  ofSite: OfSite,
): Promise<Answers> {
  if (given.name !== undefined && given.url !== undefined) {
    return withoutAsking(folder, given, local, ofSite)
  }
  const proposedName = ofSite(siteTitle)
  const proposedUrl = ofSite(baseUrl)
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    if ((given.name ?? proposedName) && (given.url ?? proposedUrl)) {
      return withoutAsking(folder, given, local, ofSite)
    }
    const { name, url } = withoutAsking(folder, given, local, ofSite)
    throw new ConfigError(
      `there is no terminal to ask in: state --name and --url, or --yes for ${JSON.stringify(name)} ` +
        `and ${url}. See ${serveCommand('--help')}.`,
    )
  }
  const dialogue = createInterface({ input: process.stdin, output: process.stdout })
  // What is typed ahead waits for its question.
  const lines = dialogue[Symbol.asyncIterator]()
  let isClosed = false
  dialogue.once('close', () => {
    isClosed = true
  })
  const ask = async (question: string, setting: Setting, read: (answer: string) => string) => {
    for (;;) {
      dialogue.setPrompt(question)
      if (!isClosed) dialogue.prompt()
      const { value, done } = await lines.next()
      // Ctrl-C and Ctrl-D end it.
      if (done) throw new ConfigError('nothing was written.')
      const answer = read(value.trim())
      if (isAllowed(setting, answer)) return answer
      process.stdout.write(`Allowed is ${setting.allowed}.\n`)
    }
  }
  try {
    const inBrackets = proposedName === undefined ? '' : ` [${printable(proposedName)}]`
    const readName = (answer: string) => answer || (proposedName ?? '')
    const name = given.name ?? (await ask(`Name of the site${inBrackets}: `, siteTitle, readName))
    const likely = proposedUrl ?? local
    const question = `Address at which readers reach it [${likely}]: `
    const readUrl = (answer: string) => addressOf(answer === '' ? likely : answer)
    const url = given.url ?? (await ask(question, baseUrl, readUrl))
    return withoutAsking(folder, { name, url }, local, ofSite)
  } finally {
    dialogue.close()
  }
}

/** In a folder of their own, or as another program has them, such as Jekyll. */
async function articlesIn(folder: string): Promise<Found> {
  const own = await lookedAt(folder, 'articles')
  if (own.files > 0 || existsSync(join(folder, 'articles'))) return own
  const all = await lookedAt(folder, '.')
  return all.files > 0 ? all : own
}

async function lookedAt(site: string, folder: string): Promise<Found> {
  if (!existsSync(join(site, folder))) return { folder, files: 0 }
  const config = loadConfig({ ARTICLES_DIR: folder }, site)
  const { files } = await check(config, [join(site, folder)], true)
  const articles = files.filter(({ kind }) => kind !== 'passed-over')
  // A program's folder has texts that are no articles: those of a site state when they were published.
  const isSite = articles.some(({ article }) => article && article.datedBy !== 'modified')
  if (!isSite && existsSync(join(site, folder, 'package.json'))) {
    return { folder, files: 0 }
  }
  return { folder, files: articles.length }
}

/** What is not as it is without settings. Ids are made from an id of the site's own: they stay when its address changes. */
function settingsText(
  { name, url }: Answers,
  local: string,
  { folder }: Found,
  { settings: ofSite }: ProposedSettings,
): string {
  const others = [...ofSite].filter(([setting]) => !isAsked(setting))
  const all = {
    SITE_TITLE: name,
    // Else it goes with PORT.
    ...(url !== local && { BASE_URL: url }),
    ...Object.fromEntries(others.map(([setting, { text }]) => [setting, text])),
    SITE_ID: randomUUID(),
    // Among the articles only what is hidden is none.
    ...(folder === '.' && { ARTICLES_DIR: '.', DATA_DIR: './.newsstand' }),
  }
  return `${JSON.stringify(all, null, 2)}\n`
}

const isAsked = (setting: string) => setting === siteTitle.name || setting === baseUrl.name

/** What the site's own configuration says, so that whoever asked for it can see whether that is right. */
function whatTaken({ name, url }: Given, { settings: ofSite, faults }: ProposedSettings): string {
  const isStated = (setting: string) =>
    (setting === siteTitle.name && name !== undefined) ||
    (setting === baseUrl.name && url !== undefined)
  const taken = [...ofSite].filter(([setting]) => !isStated(setting))
  const lines = [
    ...(taken.length > 0 ? ['Found in the configuration of the site:'] : []),
    ...taken.map(([setting, { text, from }]) => `  ${setting}: ${text} (${from})`),
    ...(faults.length > 0 ? ['Left out:', ...faults.map((fault) => `  ${fault}.`)] : []),
  ]
  return lines.length === 0 ? '' : `${lines.map(printable).join('\n')}\n\n`
}

const articleText = ({ name }: Answers) => `---
title: A first article
date: ${new Date().toISOString().slice(0, 19)}Z
tags: [Welcome]
---
The first paragraph is what lists and feed readers show of an article.

Change this file, and a moment later every subscriber of ${name} has the new text. Put another one beside it, and it
is published as well. What begins with \`draft: true\` between the two lines of \`---\` waits.
`

/** @throws ConfigError where something is there by now, or it may not be written */
function write(folder: string, path: string, text: string): void {
  const whole = join(folder, path)
  try {
    mkdirSync(join(whole, '..'), { recursive: true })
    writeFileSync(whole, text, { flag: 'wx' })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && path === configFile) throw isThere(folder)
    const why = isForbidden(code)
      ? `this user may not write into ${resolve(folder)}. Give it the right to, or name another folder: ${serveCommand('init FOLDER')}`
      : message
    throw new ConfigError(`${shownPath(folder, path)} cannot be written: ${why}.`)
  }
}

const isForbidden = (code: string | undefined) => code === 'EACCES' || code === 'EPERM'

function whatNext(
  folder: string,
  written: readonly string[],
  { folder: articles, files }: Found,
  { url }: Answers,
  local: string,
): string {
  const shownFolder = shownPath(folder, articles)
  const place = shownFolder === '.' ? 'this folder' : shownFolder
  const isLocal = url === local
  const lines = [
    'Written:',
    ...written.map((path) => `  ${shownPath(folder, path)}`),
    ...(files > 0
      ? [
          '',
          `Files in ${place} that may be articles: ${files.toLocaleString('en')}. What is made of them:`,
        ]
      : []),
    ...(files > 0 ? [`  ${commandIn(folder, 'check')}`] : []),
    '',
    'Now start it:',
    `  ${commandIn(folder, '')}`,
    `and open ${local}/. What you save in ${place} is published at once.`,
    ...(isLocal ? [] : ['', `Whether ${url} leads to it:`, `  ${commandIn(folder, 'doctor')}`]),
  ]
  return lines.map((line) => `${printable(line)}\n`).join('')
}
