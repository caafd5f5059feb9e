import { LRUCache } from 'lru-cache'

interface Bounds<Value> {
  /** Everything together, names included, is no longer than this. Bytes. */
  readonly maxSize: number
  /** Of a value, without its name. Bytes. */
  sizeOf(value: Value): number
}

/** Things that are made when they are asked for, and kept: by name, those asked for most recently first. */
export function createKept<Value extends object>(bounds: Bounds<Value>) {
  const { maxSize, sizeOf } = bounds
  const kept = new LRUCache<string, Value>({
    maxSize,
    // Names are as long as what was asked for.
    sizeCalculation: (value, name) => sizeOf(value) + name.length,
  })
  const underWay = new Map<string, Promise<unknown>>()

  /** What is at hand. */
  function ready(name: string): Value | undefined {
    return kept.get(name)
  }

  async function makeAndKeep<Made extends Value | undefined>(
    name: string,
    make: () => Promise<Made>,
  ): Promise<Made> {
    const promise = make()
    underWay.set(name, promise)
    try {
      const value = await promise
      // What was dropped meanwhile is not kept.
      if (value && underWay.get(name) === promise) kept.set(name, value)
      return value
    } finally {
      if (underWay.get(name) === promise) underWay.delete(name)
    }
  }

  return {
    ready,
    /** What is at hand, or made now, once for all who ask meanwhile. That there is none is not kept. */
    async have<Made extends Value | undefined>(
      name: string,
      make: () => Promise<Made>,
    ): Promise<Value | Made> {
      const shared = underWay.get(name) as Promise<Made> | undefined
      return ready(name) ?? shared ?? makeAndKeep(name, make)
    },
    /** All that is at hand. */
    values: () => [...kept.values()],
    /**
     * Makes anew what is at hand; until that is done the old one is given. Where it fails, whoever asks next
     * makes it, and is told what is wrong.
     */
    async renew(name: string, make: () => Promise<Value | undefined>): Promise<void> {
      const old = kept.peek(name)
      if (!old) return
      const value = await make().catch(() => undefined)
      // It was dropped meanwhile, and may be made of what is there no more.
      if (kept.peek(name) !== old) return
      if (value) kept.set(name, value)
      else kept.delete(name)
    },
    /**
     * Drops what is outdated. What is being made may be: it is given to who has asked for it, and made anew
     * for who asks later.
     */
    drop(isOutdated: (value: Value) => boolean): void {
      underWay.clear()
      for (const [name, value] of [...kept.entries()]) if (isOutdated(value)) kept.delete(name)
    },
    clear(): void {
      underWay.clear()
      kept.clear()
    },
  }
}
