import type { Config } from '../config.ts'

/** What of the settings the thread that delivers needs; it is copied there. */
export type DeliverySettings = ReturnType<typeof deliverySettings>

export function deliverySettings(config: Config) {
  const { baseUrl, dataDir, databaseUrl, hubs, websubAllowNetworks } = config
  const { webhooks, webhookSecret, indexNowKey, indexNowUrls } = config
  return {
    ...{ baseUrl, dataDir, databaseUrl, hubs, websubAllowNetworks },
    ...{ webhooks, webhookSecret, indexNowKey, indexNowUrls },
  }
}
