/**
 * Where files of ours lie that are no code: beside `src/`, or in it. Compiled code in `compiled/` finds them there as
 * well, since it lies as deep.
 */
import { fileURLToPath } from 'node:url'

/** @param path from the folder of package.json on @returns absolute */
export const ownFile = (path: string): string =>
  fileURLToPath(new URL(`../${path}`, import.meta.url))
