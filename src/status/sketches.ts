/** Sketches of addresses by reader, as they are kept: in base64. */
import { emptySketch, merge } from './hyperloglog.ts'

export type SketchTexts = Readonly<Record<string, string>>

export const sketchesAsText = (
  sketches: Iterable<readonly [reader: string, sketch: Uint8Array]>,
): SketchTexts =>
  Object.fromEntries(
    [...sketches].map(([reader, sketch]) => [reader, Buffer.from(sketch).toString('base64')]),
  )

export const sketchesIn = (texts: SketchTexts): [reader: string, sketch: Uint8Array][] =>
  Object.entries(texts).map(([reader, text]) => {
    const sketch = emptySketch()
    sketch.set(Buffer.from(text, 'base64').subarray(0, sketch.length))
    return [reader, sketch]
  })

/** Those of several machines as those of one. */
export function joinedSketches(all: readonly SketchTexts[]): SketchTexts {
  const [first, ...more] = all
  if (!first || more.length === 0) return first ?? {}
  const joined = new Map(sketchesIn(first))
  for (const [reader, sketch] of more.flatMap(sketchesIn)) {
    const before = joined.get(reader)
    if (before) merge(before, sketch)
    else joined.set(reader, sketch)
  }
  return sketchesAsText(joined)
}
