/**
 * The catalogue: what is known of every article, and since when. The one durable state.
 * Asynchronous throughout, so that a store on another machine can take the place of SQLite.
 */
import type { Article, Term } from '../article.ts'
import type { FileResult } from '../intake/file-result.ts'
import type { Note } from '../intake/note.ts'
import type { Rejection } from '../intake/rejection.ts'
import type { KnownFile } from '../intake/what-is-known.ts'
import type { ChannelKind, TermKind } from './channel-kinds.ts'
import type { Filling } from './filling.ts'

/** Names a channel. The site's slug is empty; that of a search is its query as it stands in URLs. */
export interface ChannelKey {
  readonly kind: ChannelKind
  readonly slug: string
}

/** A channel as the catalogue knows it. */
export interface ChannelRecord extends ChannelKey {
  /** As most of its articles write it; the site and searches have none. */
  readonly name: string
  /** When its articles last changed: additions, edits and removals alike. RFC 3339. */
  readonly changed: string
  /** The highest of an article in the catalogue then. */
  readonly version: number
  /** How many archive documents it has, numbered from 1, the oldest (RFC 5005 §4). */
  readonly archives: number
  /** How many of them, from the first, are full: no article is added to them any more. */
  readonly fullArchives: number
}

/** A state of an article. */
export interface ArticleVersion {
  readonly number: number
  /** Names this state of this article among all states of all articles. */
  readonly version: number
}

/** A state of an article, for whoever keeps an index of all of them. */
export interface ArticleState extends ArticleVersion {
  /** undefined once it was removed, and where what is kept of it is damaged. */
  readonly article: Article | undefined
  /** In what way it is damaged. */
  readonly damage?: string
}

/**
 * What a search index reads of a catalogue, in whatever thread: as of its last commit, as all readers do. What is damaged
 * is a DamageError.
 */
export interface IndexSource {
  /** See Catalogue. */
  readonly id: string
  /** The highest version of an article; 0 without any. */
  lastVersion(): Promise<number>
  /** The first that were written after this version, in the order of versions. */
  changedSince(version: number): Promise<ArticleState[]>
  /** Which of these articles are out. */
  outOf(numbers: readonly number[]): Promise<ReadonlySet<number>>
}

/** A state of an article without what it says: enough to notice that it is another. */
export interface ArticleMark extends ArticleVersion {
  /** `urn:uuid:…` */
  readonly id: string
  readonly slug: string
  /** As its file states it. */
  readonly canonicalUrl?: string
  /** A checksum of what readers see of it, its dates and its address. */
  readonly sum: string
  /** Whether it is out, and in channels. */
  readonly isListed: boolean
}

/** What whoever tells others of articles reads of a catalogue, in whatever thread: as of its last commit. */
export interface MarkSource {
  /** See Catalogue. */
  readonly id: string
  /** The first that were written after this version, in the order of versions. */
  changedSince(version: number): Promise<ArticleMark[]>
  /** When that was, in ms since 1970; 0 before the first. */
  lastCommit(): Promise<number>
  /** Numbers of the articles that came out or expired after `since` (ms since 1970), or both. */
  dueSince(since: number): Promise<number[]>
  byNumber(numbers: readonly number[]): Promise<ArticleMark[]>
  byId(id: string): Promise<ArticleMark | undefined>
  close(): Promise<void>
}

/** What a list shows of an article. */
export interface ListedArticle extends ArticleVersion {
  /** `urn:uuid:…` */
  readonly id: string
  /** RFC 3339, as is `updated`. */
  readonly published: string
  readonly updated: string
  /** BCP 47. */
  readonly language: string
}

export type NumberedArticle = Article & { readonly number: number }

/** A page that a sitemap may list. */
export interface ListedPage extends ArticleVersion {
  readonly slug: string
  /** Of its section, if it is in one. */
  readonly section?: string
  /** RFC 3339. */
  readonly updated: string
  /** As its file states it. */
  readonly canonicalUrl?: string
}

/** How many articles a section published in a month. */
interface MonthCount {
  readonly section: Term
  /** Such as 2024-03, in UTC. */
  readonly month: string
  readonly articles: number
}

/** A rejected file, and the first reason; its last good version, if it had one, stays published. */
export interface RejectedFile extends Rejection {
  readonly path: string
  /** What else is wrong with it. */
  readonly others: readonly Rejection[]
  /** Whether a former version of it is an article. */
  readonly isPublished: boolean
}

/** A rejected file, and since when it has been; RFC 3339. */
export type KnownRejection = RejectedFile & { readonly since: string }

/** How many there are. */
export interface Counts {
  readonly articles: number
  readonly rejections: number
  /** Of articles and drafts. */
  readonly notes: number
  /** Files that are no articles. */
  readonly passedOver: number
}

/** A file that has notes, or was passed over: then with the reason. */
export interface NotedFile {
  readonly path: string
  readonly notes: readonly Note[]
}

/** What a refresh did. */
export interface RefreshReport {
  readonly added: number
  readonly edited: number
  readonly removed: number
  /** Files rejected for the first time, or for other reasons than before. */
  readonly rejected: readonly RejectedFile[]
  /** How many of the files that were read have notes; none of them was passed over. */
  readonly noted: number
  /** Missing files whose article was found elsewhere: they hold none any more. */
  readonly taken: readonly string[]
  /** Files that link to others which came or went: they have to be read again. */
  readonly outdated: readonly string[]
  /** Files that waited for another's guid, which is free now: they are to be read again. */
  readonly released: readonly string[]
  /** Files that were read and are data, as lies beside articles. */
  readonly data: readonly string[]
  /** Channels whose articles are others than before. */
  readonly channels: readonly ChannelKey[]
  /**
   * Numbers of the articles that were there before and are others now, or gone, that came out or expired, and of new ones
   * in no channel.
   */
  readonly articles: readonly number[]
  /** Whether an article is no news any more (is-out.ts). */
  readonly isNewsOther: boolean
}

/** What of a refresh whoever serves has to know. */
export type Changes = Pick<RefreshReport, 'channels' | 'articles' | 'isNewsOther'>

/** A folder of articles. */
export interface ArticlesFolder {
  /** As it is set; absolute. */
  readonly path: string
  /** The same without symbolic links. */
  readonly real: string
}

/** One refresh: all of it is kept, or nothing; of the first one portions, with which the next goes on. */
export interface Refresh {
  /**
   * These files are no longer there; the articles they held are removed.
   * @param moved where some of them lie now, and where they lay: what is rejected there keeps its article
   */
  vanish(paths: readonly string[], moved: ReadonlyMap<string, string>): Promise<void>
  /** These files are not there at the moment: another with the text of one of them is that one, moved. */
  miss(paths: readonly string[]): Promise<void>
  /** Keeps what became of these files. */
  keep(results: readonly FileResult[]): Promise<void>
  /** @param isWhole whether all files that are known have been read with the fingerprint of `knownFiles` */
  commit(isWhole: boolean): Promise<RefreshReport>
  rollback(): Promise<void>
}

/**
 * What answers are made of: all that whoever serves asks of a catalogue. It sees whole refreshes only, and may be in another process than
 * who refreshes. What is out is decided by the time of the last one (last-commit.ts), and by no clock.
 */
export interface CatalogueReader {
  /** Which catalogue this is: one that was made anew has another id. */
  readonly id: string
  /**
   * The UUID in which its first ids were made, other settings or not: its feeds stay known by it. Undefined
   * while no setting told this site from others.
   */
  readonly namespace: string | undefined
  /** undefined when no article ever was in it. */
  channel(key: ChannelKey): Promise<ChannelRecord | undefined>
  /** Channels that have articles, those with the most first. */
  channels(kind: TermKind, limit: number, offset?: number): Promise<ChannelRecord[]>
  /** All that ever had an article, in the order of their slugs. @param after a slug, to go on behind it */
  everyChannel(kind: TermKind, after: string, limit: number): Promise<ChannelRecord[]>
  /** How many articles of a channel are out. */
  count(channel: ChannelKey): Promise<number>
  /** Articles of a channel that are out, newest first. */
  listed(channel: ChannelKey, limit: number, offset?: number): Promise<ListedArticle[]>
  /** What is out of an archive document of a channel, newest first. */
  archived(channel: ChannelKey, archive: number): Promise<ListedArticle[]>
  /** These articles, in this order. */
  listedByNumber(numbers: readonly number[]): Promise<ListedArticle[]>
  /** @param version that it has at least, for who keeps articles */
  articleByNumber(number: number, version?: number): Promise<Article | undefined>
  /**
   * By the slug of its page, a former one, or one that its file states as an alias; of others the end tells which
   * article is meant.
   * @returns 'gone' once it was removed or has expired
   */
  article(slug: string): Promise<NumberedArticle | 'gone' | undefined>
  /**
   * Whether an article that is out links to a download, or shows a picture in a document, by its path in the
   * articles folder (media-kinds.ts, embedded-pictures.ts) or by its whole address, decoded.
   */
  isLinked(path: string, whole: string): Promise<boolean>
  /**
   * The slug of the article whose file states this address: of several, the one that stated it first and is out. Else
   * of the one for whose file a generator would have computed it (computed-addresses.ts).
   * @param path as `plainPath` gives it
   * @param whole as `plainAddress` gives it: whose original's it is, that file states it too
   * @returns 'gone' where all that state it were removed or have expired
   */
  slugAt(path: string, whole: string): Promise<{ readonly slug: string } | 'gone' | undefined>
  /**
   * Addresses at which pages were before or which files state for them, and those of articles that are gone, in portions,
   * each address once: as `plainPath` gives them. Of some, their article is not out.
   * @param site its address as `plainAddress` gives it, without a slash at its end
   */
  formerAddresses(site: string): AsyncGenerator<string[]>
  /** Pages of the articles of these numbers that are out. */
  pages(first: number, last: number): Promise<ListedPage[]>
  /** The highest number of an article; 0 without any. */
  lastNumber(): Promise<number>
  /** The highest version of an article; 0 without any. */
  lastVersion(): Promise<number>
  /**
   * In which numbering of states a version was given: the same one only where both are of the same history (versions.ts).
   * @returns undefined when no article has as high a version
   */
  numberingOf(version: number): Promise<string | undefined>
  /** By file path. */
  rejections(limit: number): Promise<KnownRejection[]>
  /** By file path. @param limit of the notes, of whatever files */
  notes(limit: number): Promise<NotedFile[]>
  /** Files that are no articles, and why: by path. */
  passedOver(limit: number): Promise<NotedFile[]>
  /** What sections published between two times, in ms since 1970. */
  months(since: number, until: number): Promise<MonthCount[]>
  counts(): Promise<Counts>
  /** When the last refresh was committed, in ms since 1970; 0 before the first. */
  lastRefresh(): Promise<number>
  close(): Promise<void>
}

/** What happens to a catalogue that several machines share, and this one has not done itself. */
export interface SharedEvents {
  /** @param isOurs whether this machine refreshes from now on */
  leadChanged(isOurs: boolean): void
  /** Commits of another machine were taken over: what each has told, undefined where all may be another. */
  followed(told: readonly (Changes | undefined)[]): Promise<void>
  /** Another catalogue is in the place of the former. */
  copied(): void
  /** Another machine asks for something. @param path of a file @returns what it is told */
  asked(what: string, path?: string): Promise<unknown>
  /** What is wrong, or that it is not any more: a line for the log. */
  told(what: string, isWrong: boolean): void
}

/** Where several machines share the catalogue: what this one does. */
export interface Sharing {
  /** Whether it is the one that refreshes. */
  readonly leads: boolean
  /** Changes whenever the catalogue was changed for another machine. */
  readonly followed: number
  /** By how much the clock that all go by is ahead of this machine's, in ms: what is out is decided by that. */
  readonly aheadMs: number
  /** Why it does not follow, in a sentence without its end. */
  problem(): string | undefined
  /** Which settings are others than those of the machine that refreshes, in a sentence. */
  difference(): string | undefined
  /**
   * Asks the machine that refreshes. Done when what came of it is here.
   * @param path of a file
   * @throws Error that says why it was not done
   */
  ask(what: string, path?: string): Promise<unknown>
  /** This machine could not refresh: where there are others, one of them tries it. @param error why */
  giveUp(error: unknown): Promise<void>
  /** @param events are told from now on */
  tell(events: SharedEvents): void
}

/** A catalogue with what refreshes and mends it: one process at a time has it. */
export interface Catalogue extends CatalogueReader {
  /** Where several machines share it. */
  readonly sharing?: Sharing
  /**
   * Asks to be told when a damaged catalogue was made anew: a sentence for the log. What was read from
   * files then has to be read again. Told at once when it was damaged when it was opened.
   */
  onRepaired(tell: (what: string) => void): void
  /**
   * Makes a damaged catalogue anew.
   * @param error of whoever read or wrote it
   * @returns what is wrong, with what to do about it where that is known
   */
  repairIfDamaged(error: unknown): Promise<string>
  /** Looks through everything for damage, and makes a damaged catalogue anew. */
  verify(): Promise<void>
  /**
   * Every file read so far, in portions.
   * @param fingerprint of what reading depends on besides the files; with another one than last
   *   time nothing counts as read
   */
  knownFiles(fingerprint: string): AsyncGenerator<KnownFile[]>
  /** Which folder was read last; undefined when that is not known. */
  folder(): Promise<ArticlesFolder | undefined>
  /**
   * The first refresh that was begun and not ended: the next one goes on with it, for which it reads files that are not
   * known yet and no others. Undefined when there is none.
   * @throws DamageError
   */
  filling(): Promise<Filling | undefined>
  /** Forgets everything; only where a first refresh was begun and not ended. */
  beginAnew(): Promise<void>
  /**
   * Begins a refresh; one at a time. Readers see the state before it until it is committed.
   * @param now ms since 1970; of one that goes on, the time at which it was begun takes its place, and times go back only
   *   where a clock was wrong (times.ts)
   * @param folder to be remembered as the one that was read
   * @param mark of a first refresh, by which it is known when it goes on
   */
  refresh(
    now: number,
    folder?: ArticlesFolder,
    mark?: Pick<Filling, 'by' | 'found'>,
  ): Promise<Refresh>
  /** Whether the file at a path was rejected when it was read last. */
  isRejected(path: string): Promise<boolean>
  /**
   * When, after the last commit, the next article comes out, expires or is no news any more (is-out.ts), in ms since 1970;
   * undefined when none will.
   */
  nextDue(): Promise<number | undefined>
  /**
   * Whether a refresh at `now` (ms since 1970) would show something else though no file has changed: something was due since
   * the last one, or, where that was ahead by a wrong clock, is not due yet; or settings are others than then, or other machines
   * were not handed it yet. Never before the first.
   */
  isDue(now: number): Promise<boolean>
  /**
   * Puts back a catalogue that was deleted, and tries again to mend one that is damaged.
   * @throws Error when nothing can be written, and says why
   */
  checkWritable(): Promise<void>
}
