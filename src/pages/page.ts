import type { CatalogueReader } from '../catalogue/catalogue.ts'
import { type Encodings, encode } from '../channels/encodings.ts'
import type { Config } from '../config.ts'

/** What pages are made from. */
export interface PageSources {
  readonly catalogue: CatalogueReader
  readonly config: Config
  /** Of dates. */
  readonly locale: string
}

/** What a page is made as. */
export interface Made {
  readonly contentType: string
  readonly body: string | Uint8Array
  /** What it was made from: when one of these changes it is made anew. */
  readonly dependsOn: readonly string[]
}

/** A page as it is served. Immutable. */
export interface Page extends Omit<Made, 'body'> {
  /** That of its encodings. */
  readonly etag: string
  readonly encodings: Encodings
}

export async function toPage({ body, ...made }: Made): Promise<Page> {
  const encodings = await encode(Buffer.from(body))
  return { ...made, etag: encodings.etag, encodings }
}
