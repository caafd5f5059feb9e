/** Of the lane `unit`, which is quick because it starts none. */
import { vi } from 'vitest'

function refuse(): never {
  throw new Error('A test that starts processes is named *.program.test.ts.')
}

vi.mock('node:child_process', () =>
  Object.fromEntries(
    ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'].map((name) => [
      name,
      refuse,
    ]),
  ),
)
