/**
 * Everything that goes wrong, at random, for an hour: files that are added, edited, moved, renamed over
 * others, closed, swapped for pipes and written slowly, kills, restarts and a full disk, against a model.
 * node bench/chaos.ts [--seed 1] [--minutes 60]
 *
 * Started by root, it runs as nobody: what root may read shows no fault of permissions. Only root
 * can mount the small disk.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
  },
})
if (!/^\d+$/.test(values.seed) || !(Number(values.minutes) > 0)) {
  console.error('Usage: node bench/chaos.ts [--seed 1] [--minutes 60]')
  process.exit(2)
}

const nobody = '65534'
const isRoot = process.getuid?.() === 0
const folder = mkdtempSync(join(tmpdir(), 'newsstand-chaos-'))
chmodSync(folder, 0o777)
const disk = join(folder, 'disk')
const isMounted = mountDisk()
if (!isMounted)
  console.log('No full disk is tried: only root may mount a small one, and not in every container.')

const script = fileURLToPath(new URL('chaos-run.ts', import.meta.url))
const args = [process.execPath, script, values.seed, values.minutes, folder]
if (isMounted) args.push(disk)
if (isRoot) args.unshift('setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups')
const [command = '', ...rest] = args
const child = spawn(command, rest, { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
const [code] = await once(child, 'exit')
if (isMounted) spawnSync('umount', ['--lazy', disk])
if (code === 0) rmSync(folder, { recursive: true })
else console.log(`What happened is in ${folder}: steps.log, servers.log, articles and data.`)
process.exitCode = code ?? 1

/** So small that it is soon full, and a catalogue and a search index have room. */
function mountDisk(): boolean {
  mkdirSync(disk)
  const options = `size=32m,mode=0777,uid=${nobody},gid=${nobody}`
  return isRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]).status === 0
}
