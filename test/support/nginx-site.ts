/** nginx with a site of its own, until the test is over. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder, writeInto } from './folder.ts'
import { ask } from './http.ts'
import { end } from './program.ts'
import { until } from './until.ts'

/**
 * @param nginx its path
 * @param site what stands within http { }, and listens at `url`
 */
export async function serveByNginx(nginx: string, site: string, url: string): Promise<void> {
  const root = temporaryFolder()
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(root, name)};`)
    .join(' ')
  writeInto(
    root,
    'nginx.conf',
    `${user} daemon off; pid ${root}/pid; error_log ${root}/error.log; events {}
http { access_log off; ${places}
${site}
}`,
  )
  let printed = ''
  const child = spawn(nginx, ['-c', join(root, 'nginx.conf')], { stdio: 'pipe' })
  child.stderr.on('data', (chunk) => {
    printed += chunk
  })
  onTestFinished(async () => {
    await end(child, 'SIGTERM')
  })
  await until(() => {
    if (child.exitCode !== null) throw new Error(`nginx has ended: ${printed}`)
    return ask(url).then(
      () => true,
      () => false,
    )
  }, 'nginx')
}
