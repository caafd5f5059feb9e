/** Finds out which documents are others than those that were told of, and has whoever wants to know told. */
import type { DeliveryStore, Topic } from './delivery-store.ts'

/** A document as it is now. */
export interface DocumentState {
  readonly etag: string
  /** When its channel last changed, as an HTTP date. */
  readonly changed: string
  /** The highest number of an article in it. */
  readonly newest: number
}

/** What is asked of whoever renders documents. Topics are whole addresses. */
export interface Documents {
  /** @returns undefined where there is none, or none can be had at the moment */
  state(topic: string): Promise<DocumentState | undefined>
  /** When the channel of each last changed, without rendering it; undefined where there is none. */
  changes(topics: readonly string[]): Promise<readonly (string | undefined)[]>
  /** The topics of every channel that has articles, in portions. */
  all(): AsyncIterable<readonly string[]>
  /** Those of searches that were asked for lately: of these nobody else knows that somebody reads them. */
  searches(): Promise<readonly string[]>
}

/** What a look is about. */
export interface Occasion {
  /** Topics that may have changed, without those of searches; undefined where any may have. */
  readonly topics?: readonly string[]
  /** What documents and reading depend on besides the files: where it is another than last time, the change is ours and no news. */
  readonly basis: string
  /** Which catalogue it is: where it was made anew, nothing in it is news. */
  readonly catalogue: string
  /** The highest number of an article. */
  readonly lastNumber: number
}

interface LookParts {
  readonly store: DeliveryStore
  readonly documents: Documents
  /** Whether this site has a hub: else its subscribers are told nothing, and stay until it has one again or they have ended. */
  readonly isHub: boolean
  /** The hubs of others that are told. */
  readonly hubs: readonly string[]
  /** Called at each look, before that is remembered. @param silentUpTo articles up to this number are no news */
  also(silentUpTo: number): Promise<void>
}

/** So many topics are asked about in one go. */
const portion = 500

/** Of nothing. */
const none = -1

export function createLook({ store, documents, isHub, hubs, also }: LookParts) {
  /** What could not be made when it was looked at, and up to which number nobody is told of it. */
  const unmade = new Map<string, number>()
  let fault: string | undefined

  /**
   * Notes in which state a document is; whoever is told of it becomes due.
   * @param silentUpTo where no article in it has a higher number, nobody is told
   * @returns undefined where there is no such document
   */
  async function note(topic: string, silentUpTo = none): Promise<DocumentState | undefined> {
    const state = await documents.state(topic)
    if (!state) return undefined
    const { etag, changed, newest } = state
    const told = { hubs, isSilent: newest <= silentUpTo }
    await store.topics.note({ topic, etag, changed }, told, Date.now())
    return state
  }

  /** One document that cannot be made keeps no other waiting. */
  async function tryToNote(topic: string, silentUpTo: number): Promise<void> {
    const upTo = unmade.get(topic) ?? silentUpTo
    unmade.delete(topic)
    try {
      await note(topic, upTo)
    } catch (error) {
      unmade.set(topic, upTo)
      fault = `${topic}: ${(error as Error).message}`
    }
  }

  /** Those whose channel has changed since they were noted, with the time of that. */
  async function changedOf(topics: readonly Topic[]): Promise<Topic[]> {
    const changes = await documents.changes(topics.map(({ topic }) => topic))
    return topics.flatMap((topic, n) => {
      const changed = changes[n]
      return changed === undefined || changed === topic.changed ? [] : [{ ...topic, changed }]
    })
  }

  /** With the state in which they are known; others as if they never were. */
  async function known(topics: readonly string[]): Promise<Topic[]> {
    const found = new Map((await store.topics.known(topics)).map((one) => [one.topic, one]))
    return topics.map((topic) => found.get(topic) ?? { topic, etag: '', changed: '' })
  }

  async function lookAtSubscribed(among: readonly string[] | undefined, silentUpTo: number) {
    const subscribed = await store.topics.subscribed(Date.now(), among)
    for (let start = 0; start < subscribed.length; start += portion) {
      const changed = await changedOf(subscribed.slice(start, start + portion))
      for (const { topic } of changed) await tryToNote(topic, silentUpTo)
    }
  }

  /** @param mayBeNews whether any article is news; else no document has to be made to know that nobody is told */
  async function lookForHubs(
    among: readonly string[] | undefined,
    silentUpTo: number,
    mayBeNews: boolean,
  ) {
    async function lookAt(topics: readonly string[]): Promise<void> {
      for (const changed of await changedOf(await known(topics))) {
        if (mayBeNews) await tryToNote(changed.topic, silentUpTo)
        else {
          const told = { hubs, isSilent: true }
          await store.topics.note({ ...changed, etag: '' }, told, Date.now())
        }
      }
    }
    if (among) await lookAt(among)
    else for await (const topics of documents.all()) await lookAt(topics)
    const searches = await documents.searches()
    await lookAt(searches)
    await store.topics.forgetSearches(searches)
  }

  return {
    note,
    /** Looks at documents that others have asked for; not while a look is under way. One that cannot be made is looked at with the next look. */
    async lookAtAsked(topics: readonly Topic[]): Promise<void> {
      for (const { topic } of topics) await tryToNote(topic, none)
    },
    /**
     * One at a time. What fails half-way is found by the next that is about all topics.
     * @returns why a document could not be made, in a sentence, where one could not: each look tries it again
     */
    async look({ topics, basis, catalogue, lastNumber }: Occasion): Promise<string | undefined> {
      fault = undefined
      const isSame = (await store.setting('catalogue')) === catalogue
      const isSilent = !isSame || (await store.setting('basis')) !== basis
      const knownNumber = isSame ? Number(await store.setting('last number')) : lastNumber
      const silentUpTo = isSilent ? knownNumber : none
      const among = isSilent ? undefined : topics
      for (const topic of [...unmade.keys()]) await tryToNote(topic, none)
      if (isHub) await lookAtSubscribed(among, silentUpTo)
      if (hubs.length > 0) {
        await lookForHubs(among, silentUpTo, !isSilent || lastNumber > knownNumber)
      }
      await also(silentUpTo)
      if (isSilent) await store.putSetting('basis', basis)
      if (lastNumber !== knownNumber || !isSame) {
        await store.putSetting('last number', String(lastNumber))
      }
      if (!isSame) await store.putSetting('catalogue', catalogue)
      return fault
    },
  }
}
