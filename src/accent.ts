/** The colour of links and buttons, which has to be read on light and on dark grounds. */

/** As #rrggbb. */
export interface Accent {
  readonly light: string
  readonly dark: string
}

/** That of public/style.css. */
export const ourAccent: Accent = { light: '#a33b12', dark: '#f0935f' }
export const isOurAccent = ({ light, dark }: Accent): boolean =>
  light === ourAccent.light && dark === ourAccent.dark

/** Those of public/style.css on which words stand. */
export const grounds = { light: ['#fdfcf9', '#f4f1ea'], dark: ['#171614', '#211f1c'] } as const

/** The grounds of pages; undefined where the owner's stylesheet may have others, beside which ours would stand. */
export const groundsOf = ({ stylesheet }: { readonly stylesheet?: object | undefined }) =>
  stylesheet ? undefined : { light: grounds.light[0], dark: grounds.dark[0] }

/** What words need (WCAG 2.2, 1.4.3). */
const enough = 4.5

/** With three or six digits, as in CSS. */
export const isAccent = (text: string) =>
  text.split(' ').length <= 2 &&
  text.split(' ').every((colour) => /^#(?:[\da-f]{3}){1,2}$/i.test(colour))

/** @param text one colour for both, or one for light grounds and one for dark */
export function accentOf(text: string): Accent {
  const { light, dark } = stated(text)
  return { light: readable('light', light), dark: readable('dark', dark) }
}

/** What whoever chose the colours should know. */
export function accentHints(text: string): string[] {
  const colours = stated(text)
  const shown = accentOf(text)
  return (['light', 'dark'] as const)
    .filter((ground) => shown[ground] !== colours[ground])
    .map((ground) => {
      const contrast = weakest(ground, colours[ground]).toFixed(1)
      return (
        `ACCENT_COLOUR ${colours[ground]} has a contrast of ${contrast} on ${ground} grounds, and words need ${enough}, ` +
        `so ${shown[ground]} stands there; ACCENT_COLOUR="${shown.light} ${shown.dark}" says so, the colour on light grounds first`
      )
    })
}

function stated(text: string): Accent {
  const [light = '', dark = light] = text.toLowerCase().split(' ').map(inFull)
  return { light, dark }
}

/** #05a is #0055aa. */
const inFull = (colour: string) =>
  colour.length === 4 ? colour.replace(/[\da-f]/g, '$&$&') : colour

/** The colour itself, or the next of its shades that can be read: darker on light grounds, brighter on dark. */
function readable(ground: keyof Accent, colour: string): string {
  const end = ground === 'light' ? 0 : 255
  let percent = 0
  // Black and white, where it ends, can be read.
  while (weakest(ground, mixed(colour, end, percent / 100)) < enough) percent += 1
  return mixed(colour, end, percent / 100)
}

/** @param share of what is mixed with the colour: red, green and blue of `end` each */
const mixed = (colour: string, end: number, share: number) =>
  `#${partsOf(colour)
    .map((part) => Math.round(part + (end - part) * share))
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`

const weakest = (ground: keyof Accent, colour: string) =>
  Math.min(...grounds[ground].map((one) => contrastOf(one, colour)))

/** WCAG 2.2, "contrast ratio". */
function contrastOf(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dim + 0.05)
}

/** WCAG 2.2, "relative luminance". */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(colour).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Red, green and blue, 0 to 255. */
const partsOf = (colour: string) =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
