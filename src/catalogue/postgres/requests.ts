/** What machines ask of the one that refreshes. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Session } from '../../postgres/session.ts'

interface Request {
  readonly token: string
  /** What is asked for. */
  readonly what: string
  readonly path: string | null
}

/** @returns by which the answer is known */
async function putRequest(session: Session, what: string, path?: string): Promise<string> {
  const token = randomUUID()
  await session.ask('INSERT INTO newsstand.request (token, what, path) VALUES ($1, $2, $3)', [
    ...[token, what, path ?? null],
  ])
  await session.ask("SELECT pg_notify('newsstand_request', '')")
  return token
}

/** Those that nobody has answered, and somebody may still wait for. */
async function openRequests(session: Session): Promise<Request[]> {
  await session.ask("DELETE FROM newsstand.request WHERE at < now() - interval '15 minutes'")
  return session.ask('SELECT token, what, path FROM newsstand.request WHERE answer IS NULL')
}

interface RequestAnswer {
  readonly value?: unknown
  /** Why it could not be done. */
  readonly fault?: string
}

async function answerRequest(
  session: Session,
  token: string,
  answer: RequestAnswer,
): Promise<void> {
  await session.ask('UPDATE newsstand.request SET answer = $2 WHERE token = $1', [
    ...[token, JSON.stringify(answer)],
  ])
  await session.ask("SELECT pg_notify('newsstand_request', '')")
}

/** @returns undefined while there is none */
async function answerOf(session: Session, token: string): Promise<RequestAnswer | undefined> {
  const [row] = await session.ask<{ answer: string | null }>(
    'SELECT answer FROM newsstand.request WHERE token = $1',
    [token],
  )
  return row?.answer ? JSON.parse(row.answer) : undefined
}

async function removeRequest(session: Session, token: string): Promise<void> {
  await session.ask('DELETE FROM newsstand.request WHERE token = $1', [token])
}

/** So often an answer is looked for, where nobody tells of it. */
const everyMs = 1000
/** What is asked for may be to read a whole folder. */
const longestAnswerMs = 600_000

type WithSession = <T>(act: (session: Session) => Promise<T>) => Promise<T>

/** What this machine asks of another, and is asked for. */
export class Requests {
  readonly #withSession: WithSession
  readonly #answering = new Set<string>()
  /** When somebody has asked or answered. */
  #news = Promise.withResolvers<void>()
  #isClosed = false

  /** @param withSession has the connection for itself */
  constructor(withSession: WithSession) {
    this.#withSession = withSession
  }

  /** Somebody has told that there is something new. */
  wake(): void {
    this.#news.resolve()
  }

  close(): void {
    this.#isClosed = true
    this.wake()
  }

  /** For whoever refreshes. @param act does what is asked for @returns when all of it was begun */
  async answerAll(
    session: Session,
    act: (what: string, path?: string) => Promise<unknown>,
  ): Promise<void> {
    for (const { token, what, path } of await openRequests(session)) {
      if (this.#answering.has(token)) continue
      this.#answering.add(token)
      const answer = act(what, path ?? undefined).then(
        (value) => ({ value }),
        (error: Error) => ({ fault: error.message }),
      )
      void answer
        .then((given) => this.#withSession((own) => answerRequest(own, token, given)))
        // Whoever refreshes next is asked.
        .catch(() => {})
        .finally(() => this.#answering.delete(token))
    }
  }

  /** @returns what it was told. @throws Error that says why it was not done */
  async ask(what: string, path?: string): Promise<unknown> {
    const end = performance.now() + longestAnswerMs
    const token = await this.#withSession((session) => putRequest(session, what, path))
    try {
      while (performance.now() < end && !this.#isClosed) {
        await Promise.race([sleep(everyMs, undefined, { ref: false }), this.#news.promise])
        this.#news = Promise.withResolvers()
        const answer = await this.#withSession((session) => answerOf(session, token))
        if (!answer) continue
        if (answer.fault !== undefined) throw new Error(answer.fault)
        return answer.value
      }
      throw new Error('the machine that refreshes has not answered')
    } finally {
      // What nobody waits for any more is not to be done later, by another machine.
      await this.#withSession((session) => removeRequest(session, token)).catch(() => {})
    }
  }
}
