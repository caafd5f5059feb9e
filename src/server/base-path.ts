/** Addresses below the path of BASE_URL: a proxy in front may take that path away, or leave it. */

/**
 * What stands behind the base path; undefined where there is none, or the address is not below it.
 * @param base without a slash at its end
 */
export function belowBase(url: string, base: string): string | undefined {
  if (base === '' || !url.startsWith(base)) return undefined
  const rest = url.slice(base.length)
  if (rest === '' || rest.startsWith('?')) return `/${rest}`
  return rest.startsWith('/') ? rest : undefined
}
