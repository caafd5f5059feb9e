/**
 * Calls by name of a method to another thread or process that answers when it is done, and may ask as well. Whatever carries messages
 * between the two keeps their order, and copies them (structured clone).
 */

/** What can be asked for, by name; arguments and answers are copied. */
export type Methods = Readonly<Record<string, (...args: never[]) => unknown>>

interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

type Answer = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly error: { readonly message: string; readonly code: string | undefined } }
)

export type Message = Call | Answer

const isCall = (message: Message): message is Call => 'method' in message

async function answerTo({ id, method, args }: Call, methods: Methods): Promise<Answer> {
  try {
    return { id, value: await methods[method]?.(...(args as never[])) }
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    return { id, error: { message, code } }
  }
}

/**
 * One of the two.
 * @param send gives a message to the other
 * @param methods what the other may ask for
 */
export function createPeer(send: (message: Message) => void, methods: Methods) {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  return {
    /** @throws what the method throws: its message and code, or that the other has ended */
    ask(method: string, ...args: unknown[]): Promise<unknown> {
      lastId += 1
      const id = lastId
      send({ id, method, args })
      return new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }))
    },
    /** For what the other sends. */
    async take(message: Message): Promise<void> {
      if (isCall(message)) {
        send(await answerTo(message, methods))
        return
      }
      const call = waiting.get(message.id)
      waiting.delete(message.id)
      if ('error' in message) {
        call?.reject(Object.assign(new Error(message.error.message), { code: message.error.code }))
      } else call?.resolve(message.value)
    },
    /** For when the other has ended: whoever waits for an answer is told. */
    fail(error: Error): void {
      for (const call of waiting.values()) call.reject(error)
      waiting.clear()
    },
  }
}
