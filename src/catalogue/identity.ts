import { v5 } from 'uuid'

/** The namespace of our ids (RFC 9562 §5.5): a random UUID made once for Newsstand. */
const namespace = '6f1d3c7e-52b8-4c0f-9a4e-0d7b8f25a3c1'

/**
 * The id of an article first seen at `path`: the same on every machine.
 * @param path relative to the articles folder, with `/`
 * @param attempt counts up while the id belongs to another article, which was first seen here and moved on
 */
export function idOf(path: string, attempt: number): string {
  return v5(attempt === 0 ? path : `${path}#${attempt}`, namespace)
}
