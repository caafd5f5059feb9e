import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/chromium.ts',
    // Tests start the real program, which takes its time on a machine with two cores.
    testTimeout: 60_000,
    // Most of the time tests wait for programs, and for time to pass.
    maxWorkers: 2,
  },
})
