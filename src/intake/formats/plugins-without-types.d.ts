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
