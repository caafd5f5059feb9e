import { peek } from '../catalogue/peek.ts'
import type { Config } from '../config.ts'
import { faultsAmong } from './among-files.ts'
import { articleAt } from './article-at.ts'
import { type CheckedFile, checkedFile } from './checked-file.ts'

/**
 * What `check` would say of a file of the articles folder that is to be written.
 * @param path relative to the folder, with `/`
 * @param now ms since 1970
 */
export async function checkOne(
  config: Config,
  path: string,
  given: Buffer,
  now: number,
): Promise<CheckedFile> {
  const outcome = await articleAt(config, path, given)
  // What is given is there.
  if (outcome.kind === 'gone') throw new Error(`${path} is gone`)
  const file = checkedFile(path, outcome, now, true)
  if (outcome.kind !== 'article') return file
  const { guid, canonicalUrl, isUndated = false } = outcome.content
  const faults = faultsAmong(
    [{ path, place: path, guid, canonicalUrl, isUndated }],
    () => peek(config.dataDir),
    (place) => place === path,
  )
  const fault = faults.get(path)
  return fault ? { path, kind: 'rejected', rejections: [fault], notes: file.notes } : file
}
