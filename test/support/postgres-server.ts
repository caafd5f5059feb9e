/** A server of PostgreSQL whose programs lie in a folder, as a distribution's packages have put them there. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { until } from './until.ts'

interface Settings {
  readonly databaseDir: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly initdbFlags: string[]
  readonly postgresFlags: string[]
}

const debian = '/usr/lib/postgresql'

/** The folder of the oldest version that is installed here; undefined where none is. */
export function installedPostgres(): string | undefined {
  if (!existsSync(debian)) return undefined
  const versions = readdirSync(debian).toSorted((one, other) => Number(one) - Number(other))
  return versions.map((version) => join(debian, version, 'bin')).find((bin) => existsSync(bin))
}

/** As the server that npm brings. @param bin the folder of its programs */
export function createServer(bin: string, settings: Settings) {
  const { databaseDir, port, user, password } = settings
  // PostgreSQL refuses to be root: its package has made a user for it, who owns this folder.
  const owner = process.getuid?.() === 0 ? statSync('/var/lib/postgresql') : undefined
  const asOwner = owner && { uid: owner.uid, gid: owner.gid }
  let server: ReturnType<typeof spawn> | undefined

  return {
    async initialise(): Promise<void> {
      mkdirSync(databaseDir)
      const passwordFile = join(dirname(databaseDir), 'password')
      writeFileSync(passwordFile, password)
      if (owner)
        for (const path of [databaseDir, passwordFile]) chownSync(path, owner.uid, owner.gid)
      const made = spawn(
        join(bin, 'initdb'),
        [
          ...['-D', databaseDir, '-U', user, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
          ...settings.initdbFlags,
        ],
        { stdio: 'ignore', ...asOwner },
      )
      const [code] = await once(made, 'exit')
      if (code !== 0) throw new Error(`initdb in ${bin} has ended with ${code}`)
    },
    async start(): Promise<void> {
      const flags = ['-D', databaseDir, '-p', String(port), '-k', '', ...settings.postgresFlags]
      server = spawn(join(bin, 'postgres'), flags, { stdio: 'ignore', ...asOwner })
      await until(() => answers(port), `PostgreSQL in ${bin}`)
    },
    async stop(): Promise<void> {
      if (!server || server.exitCode !== null) return
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
    },
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
