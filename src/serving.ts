/** What readers are answered with: the channels and pages of a catalogue, by whatever process that is written. */
import type { CatalogueReader, Changes } from './catalogue/catalogue.ts'
import { createChannels } from './channels/channels.ts'
import { allSearches, createSelection } from './channels/selection.ts'
import type { Config } from './config.ts'
import { createPages } from './pages/pages.ts'
import type { Search } from './search/search.ts'

export type Serving = ReturnType<typeof createServing>

export function createServing(
  catalogue: CatalogueReader,
  search: Pick<Search, 'find'>,
  config: Config,
) {
  const selection = createSelection(catalogue, search, config)
  const channels = createChannels(catalogue, selection, config)
  const pages = createPages(catalogue, selection, config)
  return {
    selection,
    channels,
    pages,
    /** Brings documents and pages up to date, when a refresh was committed. */
    async update(changes: Changes): Promise<void> {
      await pages.update(changes)
      await channels.update([...changes.channels, allSearches])
    },
    /** Drops all of them: another catalogue is in the place of the former. */
    clear(): void {
      channels.clear()
      pages.clear()
    },
  }
}
