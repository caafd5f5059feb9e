/** The program's commands as people type them here, wherever it tells them to. */
import { dirname, extname, relative, resolve } from 'node:path'
import { ownFile } from './own-files.ts'

/** A clone runs what is written, the package what is compiled. */
const isClone = extname(import.meta.url) === '.ts'
/** Shells know the package where it is installed for all; in a project npm knows it. */
const name = process.env.npm_command === undefined ? 'newsstand' : 'npx newsstand'

/** As it may stand in a command. */
const quoted = (word: string) =>
  /[^\w./~-]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word

/** @param command one that is given nothing, or '' to serve @param folder where to be */
export function commandIn(folder: string, command: string): string {
  const way = relative(process.cwd(), folder)
  const goThere = way === '' ? '' : `cd ${quoted(way)} && `
  // npm runs a clone's scripts in the clone, wherever it is called.
  if (isClone && resolve(folder) === dirname(ownFile('package.json'))) {
    return `${goThere}npm start${command && ` -- ${command}`}`
  }
  const program = isClone ? `node ${quoted(ownFile('src/newsstand.cjs'))}` : name
  return `${goThere}${program} ${command}`.trimEnd()
}

/** What is served, where that was named in the command. */
let served = ''

/** Has all that tells people to check what is served name this folder. @param folder as it was typed */
export function nameServed(folder: string): void {
  served = quoted(folder)
}

/** Whether a folder is served that was named in the command, and no setting says which. */
export const isServedNamed = (): boolean => served !== ''

/** @param given what stands behind it, such as a folder or an option that needs no command */
export const serveCommand = (given: string): string =>
  isClone ? `npm start -- ${given}` : `${name} ${given}`

/** @param given what stands behind it, such as a path or an option */
export function checkCommand(given = ''): string {
  const isOfServed = given === '' || given === '--json'
  const words = [isOfServed ? served : '', given].filter((word) => word !== '')
  const command = isClone ? 'npm run check' : `${name} check`
  if (words.length === 0) return command
  return [command, ...(isClone ? ['--'] : []), ...words].join(' ')
}
