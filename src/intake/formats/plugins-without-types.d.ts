/** Plugins that bring no types. */
declare module 'markdown-it-footnote' {
  const plugin: (markdownIt: import('markdown-it').MarkdownIt) => void
  export default plugin
}
declare module 'markdown-it-deflist' {
  const plugin: (markdownIt: import('markdown-it').MarkdownIt) => void
  export default plugin
}
declare module 'markdown-it-emoji/lib/data/full.mjs' {
  const emoji: Readonly<Record<string, string>>
  export default emoji
}
declare module 'yauzl' {
  /** What we use of it. */
  export interface Entry {
    readonly fileName: string
    readonly uncompressedSize: number
    readonly crc32: number
  }
  export interface ZipFile {
    readonly entryCount: number
    eachEntry(): AsyncIterable<Entry>
    openReadStreamPromise(entry: Entry): Promise<AsyncIterable<Buffer>>
  }
  export function fromBufferPromise(buffer: Buffer): Promise<ZipFile>
  export function fromFdPromise(
    descriptor: number,
    options: { readonly autoClose: boolean },
  ): Promise<ZipFile>
}
