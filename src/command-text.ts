/** The program's commands as people type them here, wherever it tells them to. */
import { basename } from 'node:path'

/** Linked by npm the program has a name of its own, which shells say that they ran; else npm runs it where it lies. */
const isLinked = basename(process.env._ ?? '') === 'newsstand'

export const serveCommand = isLinked ? 'newsstand' : 'npm start'

/** @param given what stands behind it, such as a path or an option */
export function checkCommand(given = ''): string {
  const command = isLinked ? 'newsstand check' : 'npm run check'
  if (given === '') return command
  return isLinked ? `${command} ${given}` : `${command} -- ${given}`
}
