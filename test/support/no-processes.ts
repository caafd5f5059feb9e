/** Of the lane `unit`, which is quick because it starts none. */
import { vi } from 'vitest'

vi.mock('node:child_process', () => {
  throw new Error('A test that starts processes is named *.program.test.ts.')
})
