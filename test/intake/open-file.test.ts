/** Files are opened where they lie, and never outside of the articles folder. */
import { readFileSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { useFile } from '../../src/intake/open-file.ts'
import { temporaryFolder } from '../support/folder.ts'

const read = (root: string, path: string) =>
  useFile(root, path, (file, _, target) => `${target}: ${readFileSync(file, 'utf8')}`)

it('opens a file where it lies', () => {
  const root = temporaryFolder({ 'news/a.txt': 'one' })
  expect(read(root, 'news/a.txt')).toBe('news/a.txt: one')
  expect(() => read(root, 'news/b.txt')).toThrow('ENOENT')
})

it('opens nothing outside where a folder has become a link', () => {
  const outside = temporaryFolder({ 'a.txt': 'two' })
  const root = temporaryFolder({ 'news/a.txt': 'one' })
  renameSync(join(root, 'news'), join(root, 'olds'))
  symlinkSync(outside, join(root, 'news'))
  expect(read(root, 'news/a.txt')).toBeUndefined()
})

it('follows links within the folder alone, of files and of folders', () => {
  const outside = temporaryFolder({ 'a.txt': 'two' })
  const root = temporaryFolder({ 'one/b.txt': 'three', '.hidden/c.txt': 'four' })
  symlinkSync('one', join(root, 'two'))
  symlinkSync('one/b.txt', join(root, 'b.txt'))
  symlinkSync('.hidden/c.txt', join(root, 'c.txt'))
  symlinkSync(join(outside, 'a.txt'), join(root, 'a.txt'))
  expect(read(root, 'two/b.txt')).toBe('one/b.txt: three')
  expect(read(root, 'b.txt')).toBe('one/b.txt: three')
  expect(read(root, 'c.txt')).toBe('.hidden/c.txt: four')
  expect(read(root, 'a.txt')).toBeUndefined()
})
