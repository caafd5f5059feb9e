/** The folder that was read last, as the catalogue remembers it. */
import { crc32 } from 'node:zlib'
import { attempt } from '../attempt.ts'
import type { ArticlesFolder } from './catalogue.ts'

const sumOf = ({ path, real }: ArticlesFolder) => crc32(JSON.stringify([path, real]))

/** A folder as the catalogue keeps it: with a checksum. */
export function folderText({ path, real }: ArticlesFolder): string {
  return JSON.stringify({ path, real, sum: sumOf({ path, real }) })
}

/**
 * @param text as `folderText` gives it, or without a checksum, as former versions kept it
 * @returns undefined when it is another than was kept. Then the folder is not known, which loses nothing;
 *   one that is taken for another than last time would have its articles counted as gone
 */
export function folderIn(text: string): ArticlesFolder | undefined {
  const value: (ArticlesFolder & { sum?: unknown }) | null = attempt(() => JSON.parse(text))
  if (typeof value?.path !== 'string' || typeof value.real !== 'string') return undefined
  const { path, real, sum } = value
  return sum === undefined || sum === sumOf(value) ? { path, real } : undefined
}
