/** The colour of links and buttons, which has to be read on light and on dark grounds. */

/** As #rrggbb. */
export interface Accent {
  readonly light: string
  readonly dark: string
}

/** Those of public/style.css, and the grounds there on which words stand. */
export const ourAccent: Accent = { light: '#a33b12', dark: '#f0935f' }
export const grounds = { light: ['#fdfcf9', '#f4f1ea'], dark: ['#171614', '#211f1c'] } as const

/** What words need (WCAG 2.2, 1.4.3). */
const enough = 4.5

export const isAccent = (text: string) => /^#[\da-f]{6}(?: #[\da-f]{6})?$/i.test(text)

/** @param text one colour for both, or one for light grounds and one for dark */
export function accentOf(text: string): Accent {
  const { light, dark } = stated(text)
  return {
    light: weakest('light', light) < enough ? ourAccent.light : light,
    dark: weakest('dark', dark) < enough ? ourAccent.dark : dark,
  }
}

/** What whoever chose the colours should know. */
export function accentHints(text: string): string[] {
  const colours = stated(text)
  return (['light', 'dark'] as const)
    .filter((ground) => weakest(ground, colours[ground]) < enough)
    .map((ground) => {
      const contrast = weakest(ground, colours[ground]).toFixed(1)
      return (
        `ACCENT_COLOUR ${colours[ground]} has a contrast of ${contrast} on ${ground} grounds, and words need ${enough}, ` +
        `so ${ourAccent[ground]} stands there; two colours are one for light grounds and one for dark, ` +
        `such as "${ourAccent.light} ${ourAccent.dark}"`
      )
    })
}

function stated(text: string): Accent {
  const [light = '', dark = light] = text.toLowerCase().split(' ')
  return { light, dark }
}

const weakest = (ground: keyof Accent, colour: string) =>
  Math.min(...grounds[ground].map((one) => contrastOf(one, colour)))

/** WCAG 2.2, "contrast ratio". */
function contrastOf(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dim + 0.05)
}

/** WCAG 2.2, "relative luminance". */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
