/** Which run of the system this is, as Linux tells it; undefined elsewhere. What a kill leaves behind is whole as long as it runs. */
import { readFileSync } from 'node:fs'
import { attempt } from './attempt.ts'

export const bootId: string | undefined = attempt(() =>
  readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
)
