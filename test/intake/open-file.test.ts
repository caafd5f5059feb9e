/** Files are opened as they were found, and never outside of the articles folder. */
import { lstatSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { signatureOf } from '../../src/intake/folder.ts'
import { useFile } from '../../src/intake/open-file.ts'
import { temporaryFolder } from '../support/folder.ts'

const read = (root: string, path: string, found?: string) =>
  useFile(root, path, (file, _, target) => `${target}: ${readFileSync(file, 'utf8')}`, found)

const signatureAt = (root: string, path: string) => signatureOf(lstatSync(join(root, path)))

it('opens a file that is as it was found', () => {
  const root = temporaryFolder({ 'news/a.txt': 'one' })
  expect(read(root, 'news/a.txt', signatureAt(root, 'news/a.txt'))).toBe('news/a.txt: one')
})

it('opens one that has changed since', () => {
  const root = temporaryFolder({ 'a.txt': 'one' })
  const found = signatureAt(root, 'a.txt')
  writeFileSync(join(root, 'a.txt'), 'another')
  expect(read(root, 'a.txt', found)).toBe('a.txt: another')
})

it('opens nothing outside where a folder has become a link since the file was found', () => {
  const outside = temporaryFolder({ 'a.txt': 'not ours' })
  const root = temporaryFolder({ 'news/a.txt': 'one' })
  const found = signatureAt(root, 'news/a.txt')
  renameSync(join(root, 'news'), join(root, 'olds'))
  symlinkSync(outside, join(root, 'news'))
  expect(read(root, 'news/a.txt', found)).toBeUndefined()
  expect(read(root, 'news/a.txt')).toBeUndefined()
})

it('follows a link that has taken the place of a file, within the folder alone', () => {
  const outside = temporaryFolder({ 'a.txt': 'not ours' })
  const root = temporaryFolder({ 'a.txt': 'one', 'b.txt': 'three' })
  const found = signatureAt(root, 'a.txt')
  renameSync(join(root, 'a.txt'), join(root, 'c.txt'))
  symlinkSync(join(root, 'b.txt'), join(root, 'a.txt'))
  expect(read(root, 'a.txt', found)).toBe('b.txt: three')
  renameSync(join(root, 'a.txt'), join(root, 'd.txt'))
  symlinkSync(join(outside, 'a.txt'), join(root, 'a.txt'))
  expect(read(root, 'a.txt', found)).toBeUndefined()
})
