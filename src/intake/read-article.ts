import { hash } from 'node:crypto'
import { posix } from 'node:path'
import type { ArticleContent } from '../article.ts'
import { slugOf } from '../names.ts'
import { canceled, editionOf } from './edition.ts'
import { copiedPath, isInDrafts, ofSite, otherThanArticle } from './file-path.ts'
import type { Outcome } from './file-result.ts'
import { type FoundFile, look } from './folder.ts'
import { isMostlyOther, readFormat } from './formats/input-formats.ts'
import { heldByName } from './held-name.ts'
import { needText } from './needs.ts'
import { type NormaliseSettings, normalise, noText } from './normalise.ts'
import { createNotes, type Note, orderly, type TellNote } from './note.ts'
import { mostFileBytes, readBytes, useFile } from './open-file.ts'
import type { RawArticle } from './raw-article.ts'
import { fewOf, type Rejection, RejectionError } from './rejection.ts'
import { isBesidePosts, isPage, isRedirect, makesSite } from './site-folders.ts'
import { undatedNote } from './undated-note.ts'

type FileToRead = Pick<FoundFile, 'path' | 'rejection' | 'passedOver' | 'target'>

/**
 * One file into an article, a draft or a rejection, unless it is meant to be none, or none of its own. Never throws: whatever
 * is wrong with a file is a rejection of that file.
 * @param given what is to lie there, in place of what does
 */
export async function readArticle(
  { path, rejection, passedOver, target }: FileToRead,
  settings: NormaliseSettings,
  given?: Buffer,
): Promise<Outcome> {
  const isUsual = isMostlyOther(path)
  const passOver = (text: string): Outcome => ({ kind: 'passed-over', note: { text }, isUsual })
  if (rejection) {
    return isUsual ? passOver(rejection.reason) : { kind: 'rejected', rejections: [rejection] }
  }
  if (passedOver) {
    const end = target === undefined ? '' : `, which ${await kindOf(target, settings)}`
    return passOver(passedOver.text + end)
  }
  const other = otherThanArticle(path) ?? (makesSite(settings.root, path) ? ofSite : undefined)
  if (other) return passOver(`${other}, and no article`)
  const copied = articleBeside(settings.root, copiedPath(path))
  if (copied !== undefined) return passOver(copyOf(copied))
  try {
    const take = (size: number, modified: number, bytesOf: () => Buffer) => {
      if (size > mostFileBytes && isUsual) return data
      checkSize(size)
      return { bytes: bytesOf(), modified }
    }
    const read = given
      ? take(given.length, Date.now(), () => given)
      : useFile(settings.root, path, (file, { size, mtimeMs }) =>
          take(size, mtimeMs, () => readBytes(file, size)),
        )
    // Whatever lies there now, the next look at the folder finds out.
    if (!read) return { kind: 'gone' }
    if ('kind' in read) return read
    if (isRedirect(read.bytes, path))
      return passOver('a page that leads to another one, and no article')
    const outcome = await articleOf(read.bytes, { path, modified: read.modified }, settings)
    const isUndated = outcome.kind === 'article' && outcome.content.isUndated
    const { root } = settings
    const isNoNews = isUndated && (isPage(root, path) || isBesidePosts(root, path))
    return isNoNews ? passOver(undatedPage) : outcome
  } catch (error) {
    if (isMissing(error)) return { kind: 'gone' }
    // What the system refuses may be a matter of rights, of limits or of a disk, and not of the file.
    const isPassing = (error as NodeJS.ErrnoException).syscall !== undefined
    const rejections = rejectionsOf(error)
    const isOfFile = error instanceof RejectionError
    const notes = isOfFile ? error.notes : []
    const isNone = isOfFile && isPage(settings.root, path)
    if (!isNone) {
      return { kind: 'rejected', rejections, isPassing, ...(notes.length > 0 && { notes }) }
    }
    return passOver(
      `a page of the site; as an article it would be rejected: ${rejections[0].reason}`,
    )
  }
}

/** Where the file lies that another one copies by its name; the copy is read again when that comes or goes. */
function articleBeside(root: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  needText(root, path)
  return look(root, path) && path
}

const copyOf = (path: string) =>
  `a copy of "${posix.basename(path)}" that a program set aside, and no article; take over what is new in it and delete it, or rename it`

/** What becomes of another file. */
async function kindOf(path: string, settings: NormaliseSettings): Promise<string> {
  const { kind } = await readArticle({ path }, settings)
  return kinds[kind]
}

const kinds: Readonly<Record<Outcome['kind'], string>> = {
  article: 'is published as that file',
  draft: 'is a draft',
  rejected: 'is rejected',
  'passed-over': 'is no article',
  gone: 'is not there',
}

const undatedPage = 'a page of the site, and no article unless it states a date'

/** Of data that lies beside the articles. */
const data = {
  kind: 'passed-over',
  note: { text: 'it is data, and no article in any of the formats' },
  isUsual: true,
} as const

const filled = {
  kind: 'passed-over',
  note: { text: 'a page without text, which the theme of a site fills, and no article' },
} as const

function checkSize(size: number): void {
  if (size <= mostFileBytes) return
  throw new RejectionError(
    `the file has ${(size / 1024 / 1024).toFixed(1)} MB; an article has 10 at most`,
    'Split it, or move it out of the articles folder.',
  )
}

/**
 * The bytes of a file into an article or a draft.
 * @param path relative to the articles folder, with `/`
 * @param modified time of last modification, ms since 1970
 * @throws RejectionError when they cannot become one; anything else is a fault of ours
 */
export async function articleOf(
  bytes: Buffer,
  { path, modified }: Pick<FoundFile, 'path' | 'modified'>,
  settings: NormaliseSettings,
): Promise<Outcome> {
  const raw = await readFormat(bytes, path, settings.root)
  if (!raw) return data
  const named = heldByName(path)
  const isHeldBack = isInDrafts(path) || named !== undefined
  const edition = isHeldBack ? undefined : editionOf(raw.edition, settings.timeZone, raw.isCanceled)
  if (raw.isCanceled) {
    const notes = orderly(raw.notes ?? [canceled])
    return { kind: 'draft', notes, ...(edition && { withdrawn: edition }) }
  }
  const isDraft = raw.draft || isHeldBack
  const stated = [
    ...(isInDrafts(path) ? [inDrafts] : []),
    ...(named === undefined ? [] : [inName(named)]),
    ...(raw.notes ?? []),
  ]
  const found = createNotes(bytes)
  const content = await contentOf(raw, { path, modified }, settings, found.tell).catch((error) => {
    if (isDraft && error instanceof RejectionError) return error
    if (raw.isFilled && isWithoutText(error)) return 'filled'
    if (!(error instanceof RejectionError)) throw error
    // Whoever mends the file mends all at once.
    throw error.withNotes(orderly([...stated, ...found.notes]))
  })
  if (content === 'filled') return filled
  if (content instanceof RejectionError) {
    return {
      kind: 'draft',
      notes: orderly([...stated, ...content.rejections.map(toMend), ...found.notes]),
    }
  }
  const notes = orderly([
    ...stated,
    ...notesOf(content),
    ...(content.isUndated && !content.isUnlisted && !isDraft ? [undatedNote(path)] : []),
    ...found.notes,
  ])
  if (isDraft) return { kind: 'draft', notes }
  const titleSlug = slugOf(content.title)
  const datedBy = raw.published === undefined && (content.isUndated ? 'modified' : 'path')
  return {
    kind: 'article',
    content: { ...content, ...(edition && { edition }) },
    hash: hashOf(raw),
    titleSlug,
    ...(datedBy && { datedBy }),
    notes,
  }
}

/** Whether nothing else is wrong. */
const isWithoutText = (error: unknown) =>
  error instanceof RejectionError && error.rejections.every(({ reason }) => reason === noText)

/** @throws RejectionError of all that is wrong */
async function contentOf(
  raw: RawArticle,
  file: Pick<FoundFile, 'path' | 'modified'>,
  settings: NormaliseSettings,
  tell: TellNote,
): Promise<ArticleContent> {
  const { faults = [] } = raw
  const content = await normalise(raw, file, settings, tell).catch((error) => {
    throw RejectionError.after(faults, error)
  })
  const [fault, ...others] = faults
  if (fault) throw RejectionError.of([fault, ...others])
  return content
}

/** A draft may be unfinished. */
const toMend = ({ reason, line }: Rejection): Note => ({
  text: `to be mended before it is published: ${reason}`,
  ...(line !== undefined && { line }),
})

const inDrafts: Note = { text: 'it is a draft because it lies in _drafts' }

const inName = (words: string): Note => ({
  text: `it is a draft because its name says "${words}"; rename it to publish it`,
})

/** What it says is right, and yet hardly what its writer meant. */
function notesOf({ published, expires }: ArticleContent): Note[] {
  if (expires === undefined || expires > published) return []
  return [{ text: 'it expires before it is published, and is never shown' }]
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

function rejectionsOf(error: unknown): readonly [Rejection, ...Rejection[]] {
  return error instanceof RejectionError ? fewOf(error.rejections) : [rejectionBySystem(error)]
}

function rejectionBySystem(error: unknown): Rejection {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      reason: 'the file may not be read',
      remedy: 'Give the user that runs Newsstand the right to read it.',
    }
  }
  if (code === 'EMFILE' || code === 'ENFILE') {
    return {
      reason: 'it could not be read since too many files are open',
      remedy: 'Raise the limit of open files (ulimit -n, or LimitNOFILE); then it is read.',
    }
  }
  return {
    reason: `the file could not be read: ${message}`,
    remedy: 'Check that it opens in an editor; if it does, report this as a fault of Newsstand.',
  }
}

/** Of what the file says and readers see, whatever the settings, and other files, and wherever the file lies. */
function hashOf(raw: RawArticle): string {
  const { title, summary, body, image, audio, canonicalUrl } = raw
  const authors = raw.statedAuthors ?? raw.authors
  const rest = JSON.stringify([title, summary, image, audio, authors, canonicalUrl])
  const text = 'html' in body ? body.html : body.map((block) => block.text).join('\n')
  return hash('sha256', `${rest}\n${text}`, 'base64url')
}
