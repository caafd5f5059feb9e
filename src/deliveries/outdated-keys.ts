/**
 * Which surrogate keys (surrogate-keys.ts) stand for something else since a refresh, so that whoever has a CDN in front
 * purges them. Where it is not known what has changed, as after a crash or with other settings, that is
 * everything.
 */
import type { Catalogue, Changes } from '../catalogue/catalogue.ts'
import { everything, surrogateKey } from '../channels/surrogate-keys.ts'
import { readNav } from '../pages/nav.ts'
import { outdatedNames } from '../pages/outdated.ts'
import type { Occasion } from './look.ts'
import type { KeysOccasion } from './told-keys.ts'
import { bounded, mostKeys } from './webhook-event.ts'

/** Collects, where refreshes are noticed, what they have outdated until it is told. */
export function createOutdatedKeys(catalogue: Catalogue) {
  let keys = new Set<string>()
  let state: { readonly nav: string; readonly lastVersion: number } | undefined

  async function readState() {
    const nav = JSON.stringify(await readNav(catalogue))
    return { nav, lastVersion: await catalogue.lastVersion() }
  }

  async function noteNames(report: Changes): Promise<void> {
    const before = state
    state = await readState()
    // What the navigation was before the first look nobody knows, and that may tell that all is outdated.
    const isNavOther = before !== undefined && before.nav !== state.nav
    for (const name of outdatedNames(report, isNavOther)) keys.add(surrogateKey(name))
  }

  return {
    /** To be waited for before the next refresh: so it is known until which state of the catalogue these are all. */
    async note(report: Changes): Promise<void> {
      const isBeyond = report.channels.length + report.articles.length > mostKeys
      try {
        await noteNames(isBeyond ? { ...report, channels: [], articles: [] } : report)
      } catch {
        // The catalogue cannot be read at the moment, which others say.
        keys.add(everything)
      }
      if (isBeyond) keys.add(everything)
    },
    async take(): Promise<{ readonly keys: readonly string[]; readonly lastVersion: number }> {
      state ??= await readState()
      const taken = keys
      keys = new Set()
      return { keys: bounded(taken), lastVersion: state.lastVersion }
    },
  }
}

/** Where a look is about all topics, nobody knows what was missed before. */
export const keysOccasion = (
  { basis, catalogue, topics }: Occasion,
  { keys, lastVersion }: { readonly keys: readonly string[]; readonly lastVersion: number },
): KeysOccasion => ({ basis, catalogue, lastVersion, ...(topics && { keys }) })
