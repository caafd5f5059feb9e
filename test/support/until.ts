/** What takes longer does not come. */
const patienceMs = 30_000

/** Waits until the check holds. @throws Error after thirty seconds */
export async function until(check: () => boolean | Promise<boolean>, what = 'it'): Promise<void> {
  const end = Date.now() + patienceMs
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited thirty seconds for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
