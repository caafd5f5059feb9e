/** What a start, or a thread, need not load. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const formats = join(import.meta.dirname, '../../../src/intake/formats')

/** All that a file imports before it runs, and what that imports. */
function importedBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !existsSync(file)) return found
  found.add(file)
  const text = readFileSync(file, 'utf8')
  const imports = text.matchAll(/^(?:(?:import|export) (?!type )[^;']*?from|import) '(\.[^']+)'/gm)
  for (const [, path = ''] of imports) importedBy(join(dirname(file), path), found)
  return found
}

test.each(['serve.ts', 'intake/intake-worker.ts'])(
  '%s loads of the formats only what recognises files',
  (entry) => {
    const loaded = [...importedBy(join(formats, '../..', entry))]
    const ofFormats = loaded
      .filter((file) => file.startsWith(`${formats}/`))
      .map((file) => basename(file))
    const table = [
      'input-formats.ts',
      'html-page.ts',
      'markdown.ts',
      'newsml-g2.ts',
      'ninjs.ts',
      'nitf.ts',
      'trt-page.ts',
      'word.ts',
    ]
    const recognising = [
      'all-html.ts',
      'author-files.ts',
      'front-matter.ts',
      'front-matter-keys.ts',
      'ninjs-item.ts',
    ]
    expect(ofFormats.sort(), 'What reads is imported when it is needed.').toEqual(
      [...table, ...recognising].sort(),
    )
  },
)

test('the thread that delivers loads nothing of pages', () => {
  const src = join(formats, '../..')
  const loaded = [...importedBy(join(src, 'deliveries/deliveries-worker.ts'))]
  expect(loaded.filter((file) => file.startsWith(`${join(src, 'pages')}/`))).toEqual([])
})
