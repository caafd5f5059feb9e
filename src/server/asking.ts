/** Asks an address as a feed reader does. */
import { doctorAgent } from '../status/audience.ts'

/** Readers wait no longer than some ten seconds. */
const patienceOfReaders = 10_000
/** So much of an answer is read: a feed may be some megabytes. */
const mostBytes = 20_000_000

export interface Asked {
  readonly status?: number
  readonly headers?: Headers
  readonly body?: string
  /** Where there is no answer: a code of the system, of OpenSSL or of Node, else what an error says. */
  readonly fault?: string
}

export async function answerOf(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  patienceMs = patienceOfReaders,
): Promise<Asked> {
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const named = { 'User-Agent': doctorAgent, ...headers }
    const response = await fetch(url, { headers: named, redirect: 'manual', signal })
    const { status } = response
    return { status, headers: response.headers, body: await textOf(response) }
  } catch (error) {
    const { name, message, cause } = error as Error & {
      cause?: { code?: string; message?: string }
    }
    return {
      fault: name === 'TimeoutError' ? 'ETIMEDOUT' : (cause?.code ?? cause?.message ?? message),
    }
  }
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true })
    if (text.length > mostBytes) break
  }
  return text
}
