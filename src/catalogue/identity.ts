/** Ids of articles. */
import { v5 } from 'uuid'

/**
 * The id of an article first seen at `path`: the same on every machine.
 * @param path relative to the articles folder, with `/`
 * @param attempt counts up while the id belongs to another article, which was first seen here and moved on
 * @param namespace a UUID (RFC 9562 §5.5)
 */
export function idOf(path: string, attempt: number, namespace: string): string {
  return v5(attempt === 0 ? path : `${path}#${attempt}`, namespace)
}
