/** The program's commands as people type them here, wherever it tells them to. */
import { extname } from 'node:path'

/** A clone runs what is written, the package what is compiled. */
const isClone = extname(import.meta.url) === '.ts'
/** The package has a name of its own, which shells know where it is installed for all; in a project npm knows it. */
const name = process.env.npm_command === undefined ? 'newsstand' : 'npx newsstand'

export const serveCommand = isClone ? 'npm start' : name

/** @param given what stands behind it, such as a path or an option */
export function checkCommand(given = ''): string {
  const command = isClone ? 'npm run check' : `${name} check`
  if (given === '') return command
  return isClone ? `${command} -- ${given}` : `${command} ${given}`
}
