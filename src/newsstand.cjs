#!/usr/bin/env node
/** Where the program begins, whatever Node it is begun with. */
const { join } = require('path')
const { runNode } = require('./node.cjs')

/** They keep memory low: docs/design.md says what each is for. */
const flags = [
  '--max-semi-space-size=2',
  '--no-parallel-scavenge',
  '--v8-pool-size=1',
  '--max-old-space-size=1024',
]

runNode(flags, [join(__dirname, 'start.js'), ...process.argv.slice(2)])
