/**
 * The address at which a callback is asked: its own query comes first and stays as it is (W3C WebSub §5.1.1).
 * @param parameters by their names without `hub.`
 */
export function callbackAddress(
  callback: string,
  parameters: Readonly<Record<string, string>>,
): string {
  const added = Object.entries(parameters).map(([name, value]) => [`hub.${name}`, value])
  const joint = callback.includes('?') ? '&' : '?'
  return `${callback}${joint}${new URLSearchParams(added)}`
}
