/**
 * Runs a script with a Node that is new enough: the running one, else the one that npm brought. Whoever
 * has an older Node starts here, so this file is in the syntax of Node 12.
 */
const { spawn, spawnSync } = require('child_process')
const { constants } = require('os')
const { basename } = require('path')

const oldest = 24
const isClone = basename(__dirname) === 'src'

/**
 * Goes on in place of this process where Node can do that, so that it keeps its number and gets its
 * signals; else in a child, whose signals and end are passed on.
 * @param {string[]} flags for Node; those that this process was given win
 * @param {string[]} args the script, and what it is given
 */
function runNode(flags, args) {
  const node = findNode()
  const all = flags.concat(process.execArgv, args)
  if (process.execve) process.execve(node, [node].concat(all), process.env)
  else runChild(node, all)
}

function findNode() {
  const { node: version } = process.versions
  if (parseInt(version, 10) >= oldest) return process.execPath
  const brought = broughtByNpm()
  if (!brought) {
    const remedy = isClone
      ? 'install that, or run "npm ci" without --omit=dev, which brings one'
      : 'install one from https://nodejs.org'
    stop(`this is Node.js ${version}, and Newsstand needs ${oldest} or newer: ${remedy}.`)
  }
  // Whether it starts here cannot be told by the platform: what it needs changes from version to version.
  const tried = spawnSync(brought, ['--version'], { encoding: 'utf8' })
  if (tried.status === 0) return brought
  const why = tried.error ? tried.error.message : tried.stderr.trim().split('\n')[0]
  const remedy = /libatomic/.test(why) ? '"apt-get install libatomic1" on Debian and Ubuntu, ' : ''
  return stop(
    `the Node.js that npm brought does not start here (${why}): install what it misses, ` +
      `${remedy}or Node.js ${oldest} or newer.`,
  )
}

function broughtByNpm() {
  try {
    return require.resolve('node/bin/node')
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    return undefined
  }
}

function runChild(node, args) {
  const child = spawn(node, args, { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2']) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', ({ message }) => stop(`${node} cannot be started: ${message}.`))
  // As shells tell of the end by a signal.
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
}

function stop(why) {
  process.stderr.write(`newsstand: ${why}\n`)
  process.exit(1)
}

module.exports = { runNode }
if (require.main === module) runNode([], process.argv.slice(2))
