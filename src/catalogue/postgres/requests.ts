/** What machines ask of the one that refreshes. */
import { randomUUID } from 'node:crypto'
import type { Session } from './session.ts'

export interface Request {
  readonly token: string
  /** What is asked for. */
  readonly what: string
  readonly path: string | null
}

/** @returns by which the answer is known */
export async function putRequest(session: Session, what: string, path?: string): Promise<string> {
  const token = randomUUID()
  await session.ask('INSERT INTO newsstand.request (token, what, path) VALUES ($1, $2, $3)', [
    ...[token, what, path ?? null],
  ])
  await session.ask("SELECT pg_notify('newsstand_request', '')")
  return token
}

/** Those that nobody has answered, and somebody may still wait for. */
export async function openRequests(session: Session): Promise<Request[]> {
  await session.ask("DELETE FROM newsstand.request WHERE at < now() - interval '15 minutes'")
  return session.ask('SELECT token, what, path FROM newsstand.request WHERE answer IS NULL')
}

export interface RequestAnswer {
  readonly value?: unknown
  /** Why it could not be done. */
  readonly fault?: string
}

export async function answerRequest(
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
export async function answerOf(
  session: Session,
  token: string,
): Promise<RequestAnswer | undefined> {
  const [row] = await session.ask<{ answer: RequestAnswer | null }>(
    'SELECT answer FROM newsstand.request WHERE token = $1',
    [token],
  )
  return row?.answer ?? undefined
}
