/** Whoever changes what a file is read as has to raise `intakeVersion`, or files known already stay as they were read. */
import { hash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { namesIn } from '../../src/intake/file-names.ts'
import { intakeVersion } from '../../src/intake/fingerprint.ts'
import { readArticle } from '../../src/intake/read-article.ts'
import { createTopicFinder } from '../../src/intake/topics.ts'

/** Hashes of the files, and of what they are read as by this version. */
const recorded = {
  version: 9,
  files: 'ECoEwzkGfK91gvauJeE42cG76k_cGzxNNdMOhg3FtR8',
  outcomes: 'RMCtk-hsew5MwJBp-879d7JlEVgiIXvziqFGhhfi9L8',
}

/** A file of each format and one that is rejected; the samples. */
const folders = ['version', '../../articles'].map((path) => join(import.meta.dirname, path))

const settings = {
  language: 'en',
  timeZone: 'Europe/Istanbul',
  undated: 'modified' as const,
  publisher: { name: 'TRT World', url: 'https://www.trtworld.com/' },
  findTopics: createTopicFinder([{ tag: 'Climate', words: ['COP31', 'climate change'] }]),
}

async function hashAll() {
  const files: string[] = []
  const outcomes: unknown[] = []
  for (const root of folders) {
    for (const path of globSync('**/*.*', { cwd: root }).sort()) {
      files.push(path, readFileSync(join(root, path), 'base64'))
      outcomes.push(await readArticle({ path }, { ...settings, root, files: namesIn(root) }))
    }
  }
  const hashOf = (what: unknown) => hash('sha256', JSON.stringify(what), 'base64url')
  return { version: intakeVersion, files: hashOf(files), outcomes: hashOf(outcomes) }
}

test('what files are read as changes with the version of reading alone', async () => {
  const now = await hashAll()
  const record = `Then record in ${import.meta.filename}: ${JSON.stringify(now)}`
  expect(now.files, `The files themselves have changed. ${record}`).toBe(recorded.files)
  const isAsBefore = now.outcomes === recorded.outcomes || now.version > recorded.version
  expect(isAsBefore, 'Files are read otherwise: raise intakeVersion, and run this again').toBe(true)
  expect(now, record).toEqual(recorded)
})
