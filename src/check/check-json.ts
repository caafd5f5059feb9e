import { type CheckedFile, countsOf } from './checked-file.ts'

/** What `check` found as one JSON document, a file a line: docs/check.md says what is in it. */
export function* jsonOf(files: readonly CheckedFile[]): Generator<string> {
  yield '{"files":['
  for (const [index, file] of files.entries()) {
    yield JSON.stringify(file) + (index + 1 < files.length ? ',' : '')
  }
  yield `],"counts":${JSON.stringify(countsOf(files))}}`
}
