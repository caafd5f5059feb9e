/** Folders that go with the test. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

export type Files = Readonly<Record<string, string | Buffer>>

/** A new folder that goes with the test. */
export function temporaryFolder(files: Files = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'newsstand-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) writeInto(folder, path, content)
  return folder
}

export function writeInto(folder: string, path: string, content: string | Buffer): void {
  const whole = join(folder, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, content)
}

/** Nobody may write into a folder of data any more. @returns allows it again */
export function forbidWriting(dataDir: string): () => void {
  const names = readdirSync(dataDir).map((name) => join(dataDir, name))
  for (const name of names) chmodSync(name, 0o444)
  chmodSync(dataDir, 0o555)
  return () => {
    chmodSync(dataDir, 0o755)
    for (const name of names) chmodSync(name, 0o644)
  }
}
