import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** Tests that start the real program take their time on a machine with two cores. */
const testTimeout = 60_000
const program = 'test/**/*.program.test.ts'
const browser = 'test/**/*.browser.test.ts'

/** Of the tests that open a catalogue, those that are not about one that machines share. */
const alone = [
  // Damage and lack of room, where others have what the file had.
  'test/catalogue/{repair,settings}.test.ts',
  'test/catalogue/{storage,write-ahead-log}.program.test.ts',
  // A clock that jumps, where that of the database counts.
  'test/clock.program.test.ts',
  // Machines with a database that each test makes itself.
  'test/postgres/*',
]

/** All that open one in their own process. */
function opening(): string[] {
  const opens = /\b(?:openDesk|openCatalogueIn|openSite)\(/
  return globSync('test/**/*.test.ts', { exclude: alone }).filter((path) =>
    opens.test(readFileSync(path, 'utf8')),
  )
}

/** Three lanes, told apart by the names of the files, and one that runs some of these again: `npm test -- --project unit` runs one of them. */
export default defineConfig({
  test: {
    // Most of the time tests wait for programs, and for time to pass.
    maxWorkers: 2,
    // Of the unit lane: what runs in processes of its own is not seen.
    coverage: { include: ['src/**/*.ts'], reporter: ['text', 'html'] },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [program, browser],
          setupFiles: 'test/support/no-processes.ts',
          testTimeout,
        },
      },
      {
        test: {
          name: 'program',
          include: [program],
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
      {
        test: {
          name: 'shared',
          include: opening(),
          globalSetup: 'test/support/one-postgres.ts',
          testTimeout,
        },
      },
      {
        test: {
          name: 'browser',
          include: [browser],
          globalSetup: 'test/support/chromium.ts',
          testTimeout,
        },
      },
    ],
  },
})
