/** What `--help` prints. */
import { checkCommand, serveCommand } from './command-text.ts'
import { settingList } from './settings.ts'

const usage = [
  [
    serveCommand('[folder]'),
    'Serves feeds of the articles in a folder, and keeps them up to date.',
  ],
  ['', 'Without a folder: ARTICLES_DIR. With one, DATA_DIR is in ./.newsstand unless it is set.'],
  [
    checkCommand('[path…]'),
    'Reads article files, or folders of them, and says what was understood.',
  ],
  ['', 'Without a path: the articles folder. Exit code 1 if a file was rejected.'],
  ['    --json', 'As one JSON document.'],
  [
    serveCommand('build [folder]'),
    'Writes the whole site as files, for any static host: only what has changed since the last time.',
  ],
  ['', 'Exit code 1 if something could not be written, or it was stopped before its end.'],
  ['    --out', 'The folder for them. Default: dist'],
  ['    --watch', 'Goes on, and keeps them up to date.'],
  ['    --no-compress', 'Without .gz, .br and .zst beside them.'],
  ['    --print', 'nginx or caddy: prints the configuration of a site that serves them.'],
  [
    serveCommand('init [folder]'),
    'Asks for name and address, and writes settings and a first article.',
  ],
  ['', 'Changes nothing that is there. In place of being asked:'],
  ['    --name, --url', 'What would be answered.'],
  ['    --yes', 'What the configuration of Jekyll, Hugo and the like says there, else the name'],
  ['', 'of the folder, and http://localhost:3000.'],
  [
    serveCommand('doctor [folder]'),
    'Says what is right here and what is not: folders, ports, proxy, address.',
  ],
  ['', 'Exit code 1 if something is not.'],
  [
    serveCommand('migrate [folder]'),
    'Moves the site to the PostgreSQL that DATABASE_URL names, or back, and compares all feeds.',
  ],
  ['', 'Nothing is removed where it was. Exit code 1 if anything differs, or it was not moved.'],
  ['    --from, --to', 'sqlite and postgres, or postgres and sqlite.'],
  [serveCommand('--help'), 'Prints this.'],
  [serveCommand('--version'), 'Prints the version.'],
] as const

/** Columns before the texts of the commands. */
const usageIndent = 2 + Math.max(...usage.map(([command]) => command.length))

export const help =
  () => `Newsstand turns a folder of articles into RSS 2.0, Atom 1.0 and JSON Feed 1.1.

Usage
${usage.map(([command, text]) => `  ${command.padEnd(usageIndent)}${text}`).join('\n')}

Settings (environment, or newsstand.config.json in this folder; the environment wins)
${settingList.map((setting) => entry(setting.name, setting.help, `Default: ${setting.fallback}`)).join('\n')}
`

/** Columns of a line, and before the texts of the settings. */
const lineWidth = 100
const indent = 4 + Math.max(...settingList.map(({ name }) => name.length))

/** A setting, with its text in lines below each other; its default stays in one of them. */
function entry(name: string, text: string, fallback: string): string {
  const lines = ['']
  for (const word of [...text.split(' '), fallback]) {
    const line = `${lines.at(-1)} ${word}`.trim()
    if (indent + line.length <= lineWidth) lines[lines.length - 1] = line
    else lines.push(word)
  }
  return lines.map((line, n) => (n === 0 ? `  ${name}` : '').padEnd(indent) + line).join('\n')
}
