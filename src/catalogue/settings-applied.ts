/**
 * What settings make of a catalogue: which archive documents are full, in what ids are made, and when documents look different. Applied by a
 * refresh, in its transaction, so that whoever follows the catalogue sees them from one commit to the next.
 */
import type { ChannelIndex } from './channel-index.ts'
import { addNamespace, readNamespaces, writeNamespaces } from './namespaces.ts'
import { committedAt } from './setting-names.ts'
import type { Statements } from './statements.ts'
import type { StoreSettings } from './store.ts'

type Applied = Pick<StoreSettings, 'rendering' | 'namespace'>
interface Tables {
  readonly statements: Statements
  readonly channels: ChannelIndex
}

/** The names of the settings that say what was applied. */
const [rendering, namespaces] = ['rendering', 'namespaces']

/** @returns what is to be noted of the namespaces; undefined where they are known, or none is stated */
function nextNamespaces({ statements }: Tables, { namespace }: Applied) {
  const known = readNamespaces(statements.setting.get(namespaces)?.value)
  // Before a first refresh has ended nobody has seen an id.
  const wasRefreshed = statements.setting.get(committedAt) !== undefined
  const hasArticles = wasRefreshed && statements.anyArticle.get() !== undefined
  const next = addNamespace(known, namespace, hasArticles)
  if (next === undefined || next === known) return undefined
  return { text: writeNamespaces(next), isFirst: known === undefined }
}

/** Whether the settings are those of the last refresh. @throws DamageError */
export function areApplied(tables: Tables, settings: Applied): boolean {
  const isSame = tables.statements.setting.get(rendering)?.value === settings.rendering
  return isSame && !tables.channels.isResized && nextNamespaces(tables, settings) === undefined
}

/**
 * For use within the transaction of a refresh, at its begin.
 * @param now ms since 1970
 */
export function applySettings(tables: Tables, settings: Applied, now: number): void {
  const { statements, channels } = tables
  const next = nextNamespaces(tables, settings)
  if (next) statements.putSetting.run(namespaces, next.text)
  const isOther = statements.setting.get(rendering)?.value !== settings.rendering
  if (isOther) statements.putSetting.run(rendering, settings.rendering)
  // In a first refresh there are none yet.
  if (statements.setting.get(committedAt) === undefined) return
  channels.resizeArchives(now)
  if (isOther || next?.isFirst) channels.touchAll(now)
}
