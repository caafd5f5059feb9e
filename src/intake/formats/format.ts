import type { RawArticle } from '../raw-article.ts'

/** A reader for one file format. A new format is one such object in its own file and one line in formats.ts. */
export interface Format {
  /** As people call it, for messages. */
  readonly name: string
  /**
   * Whether this text is in this format. `extension` is lower case with its dot.
   * Content decides before the extension does: an HTML page named x.txt is HTML.
   */
  recognises(text: string, extension: string): boolean
  /**
   * @param text the decoded file: no BOM, line ends are `\n`
   * @throws RejectionError when the text cannot become an article
   */
  read(text: string): RawArticle | Promise<RawArticle>
}
