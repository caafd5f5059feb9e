/** The command `check`: reads files and says what was understood. Publishes nothing. */
import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { type Config, ConfigError } from './config.ts'
import { type FileNames, namesIn } from './intake/file-names.ts'
import type { Outcome } from './intake/file-result.ts'
import { look, walk } from './intake/folder.ts'
import { readArticle } from './intake/read-article.ts'
import { createTopicFinder } from './intake/topics.ts'
import { inARow } from './names.ts'
import { createProgress } from './progress.ts'
import { printable } from './text.ts'

/**
 * Prints `path:line: reason` for every rejected file, and for every other what it says.
 * @param paths files and folders; none for the articles folder
 * @returns whether no file was rejected
 * @throws ConfigError when a path is not there
 */
export async function check(config: Config, paths: readonly string[]): Promise<boolean> {
  const findTopics = createTopicFinder(config.topics)
  const filesOf = namesByFolder()
  const files = (paths.length > 0 ? paths : [config.articlesDir]).flatMap(filesIn)
  const progress = createProgress('Checking')
  let rejected = 0
  for (const [index, { root, file, shown }] of files.entries()) {
    const outcome: Outcome = file
      ? await readArticle(file, { ...config, root, files: filesOf(root), findTopics })
      : { kind: 'gone' }
    if (outcome.kind === 'rejected') rejected += 1
    // Whatever a file and its name hold, each line of ours is one on a terminal.
    const lines = linesOf(shown, outcome, config).map((line) => `${printable(line)}\n`)
    process.stdout.write(lines.join(''))
    progress(index + 1, files.length)
  }
  process.stdout.write(`${files.length} checked, ${rejected} rejected.\n`)
  return rejected === 0
}

/**
 * Files are read as they would be in their folder, so that relative images are found.
 * @returns each with its folder and the path that is shown; without the file where it is none
 */
function filesIn(path: string) {
  const whole = resolve(path)
  const stat = statSync(whole, { throwIfNoEntry: false })
  if (!stat) throw new ConfigError(`there is no file or folder ${path}.`)
  if (stat.isDirectory()) {
    const root = realpathSync(whole)
    const found = [...walk(root)].sort((a, b) => (a.path < b.path ? -1 : 1))
    return found.map((file) => ({ root, file, shown: shownPath(whole, file.path) }))
  }
  const root = realpathSync(dirname(whole))
  return [{ root, file: look(root, basename(whole)), shown: shownPath(whole, '') }]
}

/** Each folder is looked through once, when the first link asks for a file in it. */
function namesByFolder(): (root: string) => FileNames {
  const known = new Map<string, FileNames>()
  return (root) => {
    const names = known.get(root) ?? namesIn(root)
    known.set(root, names)
    return names
  }
}

const shownPath = (folder: string, path: string) =>
  relative(process.cwd(), resolve(folder, path)).split(sep).join('/')

function linesOf(path: string, outcome: Outcome, config: Config): string[] {
  switch (outcome.kind) {
    case 'gone':
      return []
    case 'passed-over':
      return [`${path}: ${outcome.note.text}`]
    case 'draft':
      return [`${path}: draft, not published`]
    case 'rejected': {
      return outcome.rejections.map(
        ({ line, reason, remedy }) => `${path}:${line ?? 1}: ${reason}. ${remedy}`,
      )
    }
    case 'article': {
      const { title, published, section, authors, tags, sources, language } = outcome.content
      const names = (list: readonly { name: string }[]) => inARow(list.map(({ name }) => name))
      const facts = [
        ['published', published],
        ['section', section?.name],
        ['authors', names(authors)],
        ['tags', names(tags)],
        ['sources', inARow(sources)],
        ['language', language === config.language ? '' : language],
      ]
      const known = facts.filter(([, value]) => value)
      return [`${path}: ${title}`, ...known.map(([name, value]) => `    ${name}: ${value}`)]
    }
  }
}
