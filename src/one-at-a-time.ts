/** Has what is asked for done one after the other, in the order in which it was asked for. */

/** @returns does something when all before it has ended, well or not. @throws what that throws */
export function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(act: () => Promise<T>): Promise<T> => {
    const result = last.then(act)
    last = result.catch(() => {})
    return result
  }
}
