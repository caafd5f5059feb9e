/** Lets what is more urgent have the processor. */
import { getPriority, setPriority } from 'node:os'
import { attempt } from './attempt.ts'

/**
 * On Linux of the thread that calls it, elsewhere of the whole process. Nothing is done where whoever started us has us give way
 * more than that: only root may take that back, and should not.
 * @param niceness as of nice(1)
 */
export function giveWay(niceness: number): void {
  attempt(() => getPriority() < niceness && setPriority(niceness))
}
