/** What stands behind the name of a shortcode: `src="a.jpg" 'two words' width=300`. */

export interface Parameters {
  /** The first of these that is stated. */
  named(...names: string[]): string | undefined
  readonly inOrder: readonly string[]
}

const quoted = String.raw`"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\x60([^\x60]*)\x60`
const piece = new RegExp(
  String.raw`(?:([\w.-]+)[ \t]*[=:][ \t]*)?(?:${quoted}|([^\s,"'\x60=]+))`,
  'g',
)

/**
 * @param text of Hugo's, Zola's, Liquid's and Nunjucks' tags alike, and of components
 * @param meaning what a word without quotes stands for, if the text has given it a value
 */
export function parametersIn(
  text: string,
  meaning: (name: string) => string | undefined = () => undefined,
): Parameters {
  const byName = new Map<string, string>()
  const inOrder: string[] = []
  for (const [, name, double, single, back, bare] of text.matchAll(piece)) {
    const word = bare === undefined ? undefined : (meaning(bare) ?? bare)
    const value = double ?? single ?? back ?? word ?? ''
    if (name === undefined || /^https?$/.test(name)) inOrder.push(name ? `${name}:${value}` : value)
    else byName.set(name.toLowerCase(), value.replaceAll('\\"', '"'))
  }
  return {
    named: (...names) => names.map((name) => byName.get(name)).find((value) => !!value),
    inOrder,
  }
}
