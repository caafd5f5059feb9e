/** How large an SVG is drawn. */
import { Parser } from 'htmlparser2'

/** In pixels, as CSS has them (CSS Values and Units 4 §6). */
const units: Readonly<Record<string, number>> = {
  ...{ '': 1, px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 },
  ...{ em: 16, rem: 16, ex: 8 },
}

/** So much is read before it is asked whether the root was met. Characters. */
const portion = 4096

/**
 * The size that its root states, else that of its `viewBox`, in whole pixels.
 * @param start of the file
 * @returns without a size where it states none; undefined where it is no SVG
 */
export function drawingSize(start: string): { width?: number; height?: number } | undefined {
  const root: { attributes?: Readonly<Record<string, string>> } = {}
  let isRead = false
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (isRead) return
        isRead = true
        if (/^(?:[\w.-]+:)?svg$/.test(name)) root.attributes = attributes
      },
    },
    { xmlMode: true },
  )
  for (let at = 0; at < start.length && !isRead; at += portion) {
    parser.write(start.slice(at, at + portion))
  }
  return root.attributes && sizeIn(root.attributes)
}

function sizeIn({ width, height, viewBox = '' }: Readonly<Record<string, string>>) {
  const [across, down] = viewBox
    .trim()
    .split(/[\s,]+/, 4)
    .slice(2)
    .map(pixelsOf)
  const [wide, high] = [pixelsOf(width), pixelsOf(height)]
  const ratio = across && down ? across / down : undefined
  if (wide && high) return rounded(wide, high)
  if (ratio === undefined) return {}
  if (wide) return rounded(wide, wide / ratio)
  return high ? rounded(high * ratio, high) : rounded(across ?? 0, down ?? 0)
}

/** @returns undefined where it is no length, none above nothing, or a share of what is around it */
function pixelsOf(length: string | undefined): number | undefined {
  const [, number, unit = ''] =
    /^\s*\+?([\d.]{1,20}(?:e[+-]?\d{1,2})?)([a-z]*)\s*$/i.exec(length ?? '') ?? []
  const pixels = Number(number) * (units[unit.toLowerCase()] ?? Number.NaN)
  return pixels > 0 && pixels < 1e6 ? pixels : undefined
}

const rounded = (width: number, height: number) => ({
  width: Math.max(1, Math.round(width)),
  height: Math.max(1, Math.round(height)),
})
