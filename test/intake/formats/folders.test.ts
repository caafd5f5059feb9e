/** The folders of readers, in their order: docs/design.md. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../src/intake/formats')
const order = 'lines text front-matter source shortcodes markdown wire html word'.split(' ')

test('each folder of readers imports from those before it alone', () => {
  const files = globSync('*/*.ts', { cwd: root })
  expect(new Set(files.map((file) => file.split('/')[0]))).toEqual(new Set(order))
  const backwards = files.flatMap((file) => {
    const place = order.indexOf(file.split('/')[0] ?? '')
    const source = readFileSync(join(root, file), 'utf8')
    const imported = [...source.matchAll(/'\.\.\/([a-z-]+)\/[a-z0-9-]+\.ts'/g)].map(
      ([, it]) => it ?? '',
    )
    return imported.filter((it) => order.indexOf(it) > place).map((it) => `${file} → ${it}`)
  })
  expect(backwards).toEqual([])
})
