/** One process that refreshes and answers readers: what most have. */
import type { RequestListener } from 'node:http'
import { assemble, type Site } from './assemble.ts'
import type { Config } from './config.ts'
import type { Logger } from './log.ts'
import type { Progress } from './progress.ts'
import type { Refreshing } from './refreshing.ts'
import { closeServer, listen } from './server/listener.ts'
import { answerStarting } from './server/starting.ts'
import type { StatusParts } from './status/figures.ts'

/** Who answers readers. It listens from the start, and says until there is something to serve that there is not. */
export interface Front {
  /** @throws ConfigError as `createRefreshing` does */
  assemble(onProgress: Progress): Promise<Refreshing & Pick<StatusParts, 'collect' | 'workers'>>
  /** From now on there is something to serve. */
  open(): Promise<void>
  /** Takes no more connections, and lets the requests under way end. */
  close(): Promise<void>
}

/** @throws ConfigError when the port cannot be had */
export async function listenAlone(config: Config, log: Logger): Promise<Front> {
  let site: Site | undefined
  let answer: RequestListener = answerStarting(config, () => site?.condition.unready())
  const server = await listen((request, response) => answer(request, response), {
    port: config.port,
    host: config.host,
    names: ['PORT', 'HOST'],
    onFault: (message) => log.error(message),
  })
  return {
    async assemble(onProgress) {
      site = await assemble(config, log, onProgress)
      return site
    },
    async open() {
      if (site) answer = site.app
    },
    close: () => closeServer(server),
  }
}
