/** What an output format is. */
import type { Article } from '../article.ts'
import type { Config } from '../config.ts'
import type { Channel } from './channel.ts'

/** Where a document is, and its archive documents (RFC 5005 §4); absolute addresses. */
export interface DocumentLinks {
  readonly self: string
  /** Where subscribers are told when it changes; none of an archive document, which is to stay as it is. */
  readonly hubs: readonly string[]
  /** The feed that people subscribe to; only in archive documents. */
  readonly current?: string
  readonly prevArchive?: string
  readonly nextArchive?: string
}

/** A document without its items. */
export interface Frame {
  readonly before: string
  /** Between two items. */
  readonly between: string
  readonly after: string
}

/** The two renderings are pure: the same input gives the same text on every machine. */
export interface FeedFormat {
  /** As people call it. */
  readonly name: string
  /** Lower case, without a slash. */
  readonly fileName: string
  /** What readers try in its place, below a site's or a channel's address; lower case. */
  readonly aliases: readonly string[]
  readonly mediaType: string
  /** What people ask for when they mean this format. */
  readonly otherMediaTypes: readonly string[]
  /** Of its documents. */
  readonly contentType: string
  frame(channel: Channel, links: DocumentLinks, config: Config): Promise<Frame>
  /**
   * The same wherever the article is listed.
   * @param isBrief without its text, for where that has no room
   */
  item(article: Article, config: Config, isBrief: boolean): Promise<string>
}
