/** Whether a first refresh that was broken off may go on. */
import { hash } from 'node:crypto'
import type { NewFolder } from '../articles-folder.ts'
import { bootId } from '../boot.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { renderingOf } from '../channels/rendering.ts'
import { type Config, ConfigError } from '../config.ts'
import { fingerprintOf } from '../intake/fingerprint.ts'
import type { Logger } from '../log.ts'

/**
 * Stands for all settings that a first refresh depends on, and for the run of the system: what it has kept is written to disk
 * at its end alone.
 */
const filledBy = (config: Config): string =>
  hash(
    'sha256',
    JSON.stringify([fingerprintOf(config), renderingOf(config), config.namespace, bootId]),
  )

/**
 * Has one that was begun with other settings, for another folder or by a wrong clock begin anew, and says what becomes of it.
 * @param newFolder the folder, where it is not known to be the one of last time
 * @returns stands for what a first refresh is begun by now
 * @throws ConfigError when it has to begin anew, and nothing can be written
 */
export async function goOnOrBeginAnew(
  catalogue: Catalogue,
  config: Config,
  newFolder: NewFolder | undefined,
  log: Logger,
): Promise<string> {
  const by = filledBy(config)
  const begun = await catalogue.filling()
  if (!begun) return by
  if (begun.by === by && !newFolder?.isOther && begun.since <= Date.now()) {
    log.info('the first reading of the articles was broken off, and goes on')
    return by
  }
  try {
    await catalogue.beginAnew()
  } catch (error) {
    throw new ConfigError(`DATA_DIR is ${config.dataDir}; ${(error as Error).message}.`)
  }
  log.info(
    'the first reading of the articles was broken off, and begins anew: settings, the folder or the clock are others, or the system was started since',
  )
  return by
}
