/** How it is said what a tag becomes. */
import type { Parameters } from './shortcode-parameters.ts'

/** Makes HTML of the Markdown of one line, such as a caption. */
export type Inline = (markdown: string) => string

/** What a tag becomes: HTML, or undefined where it states too little. */
export type Kind = (parameters: Parameters, inline: Inline) => string | undefined
