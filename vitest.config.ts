import { defineConfig } from 'vitest/config'

/** Tests that start the real program take their time on a machine with two cores. */
const testTimeout = 60_000
const program = 'test/**/*.program.test.ts'
const browser = 'test/**/*.browser.test.ts'

/** Of the catalogue's tests, those that are about damage or lack of room, where other machines have what the file had. */
const alone = [
  'test/catalogue/{repair,settings}.test.ts',
  'test/catalogue/{storage,write-ahead-log}.program.test.ts',
]

/** Three lanes, told apart by the names of the files, and one that runs the catalogue's again, over PostgreSQL: `npm test -- --project unit` runs one of them. */
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
          include: ['test/catalogue/**/*.test.ts'],
          exclude: alone,
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
