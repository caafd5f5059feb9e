/** The package as it is published, made of the project as it is. */
import { spawnSync } from 'node:child_process'
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** @param folder an empty one, for the package; what it needs is found in the project's */
export function compileInto(folder: string): void {
  const args = [
    '--project',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    join(folder, 'compiled'),
  ]
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), args, {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`it cannot be compiled: ${stdout}`)
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  for (const name of ['public', 'src', 'node_modules']) {
    symlinkSync(join(root, name), join(folder, name))
  }
}
