import { hubPath } from '../channels/hubs.ts'
import type { Config } from '../config.ts'
import { isLocal } from '../namespace.ts'

/** @returns what is said at the end of a build of a hub that feeds name and no host of files has; nothing of a build to try it */
export const hubHint = ({ baseUrl, hubs }: Pick<Config, 'baseUrl' | 'hubs'>): readonly string[] =>
  hubs.isOwn && !isLocal(baseUrl)
    ? [
        `HUBS has "self", so the feeds name ${baseUrl}${hubPath}, which no host of files has: build with HUBS=none, or with public hubs that somebody tells.`,
      ]
    : []
