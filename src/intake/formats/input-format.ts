import type { RawArticle } from '../raw-article.ts'

/** A reader for one file format. A new format is one such object in its own file and its line in input-formats.ts. */
export type Format = TextFormat | BytesFormat

/** Of text: the file decoded, without BOM, with `\n` line ends. */
export type TextFormat = FormatOf<'text', string>

/** Of what is no text: the file as it is. Each is asked before the file is decoded. */
export type BytesFormat = FormatOf<'bytes', Buffer>

interface FormatOf<Takes, Content> {
  /** As people call it, for messages. */
  readonly name: string
  /** In lower case, with their dots. Files whose extension no format has are passed over. */
  readonly extensions: readonly string[]
  readonly takes: Takes
  /**
   * Whether files with these extensions are mostly something else, as data is: those that no format recognises are then
   * passed over without a word, and no rejections.
   */
  readonly mayBeOther?: true
  /**
   * Whether this is in this format. `extension` is lower case with its dot.
   * Content decides before the extension does: an HTML page named x.txt is HTML.
   */
  recognises(content: Content, extension: string): boolean
  /**
   * @param path of the file, relative to the articles folder, with `/`
   * @param root the articles folder
   * @throws RejectionError when it cannot become an article
   */
  read(content: Content, path: string, root: string): RawArticle | Promise<RawArticle>
}
