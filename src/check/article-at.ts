/** What the server would make of a file, whether it lies in the articles folder already or not. */
import { realpathSync } from 'node:fs'
import { attempt } from '../attempt.ts'
import type { Config } from '../config.ts'
import { FileNames, namesIn } from '../intake/file-names.ts'
import type { Outcome } from '../intake/file-result.ts'
import { look } from '../intake/folder.ts'
import { forgetMediaNames } from '../intake/media-names.ts'
import { readArticle } from '../intake/read-article.ts'
import { createTopicFinder } from '../intake/topics.ts'

/**
 * @param path relative to the articles folder, with `/`
 * @param given what is to lie there, in place of what does
 */
export async function articleAt(config: Config, path: string, given?: Buffer): Promise<Outcome> {
  const real = attempt(() => realpathSync.native(config.articlesDir))
  const root = real ?? config.articlesDir
  const files = real === undefined ? new FileNames(() => []) : namesIn(real)
  const file = given ? { path } : look(root, path)
  if (!file) return { kind: 'gone' }
  const findTopics = createTopicFinder(config.topics)
  try {
    return await readArticle(file, { ...config, root, files, findTopics }, given)
  } finally {
    forgetMediaNames(root)
  }
}
