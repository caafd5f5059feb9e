/** Whether front matter keeps an article back, or out of feeds and lists. */
import { isOutIn } from '../lines/status-words.ts'
import { booleanIn, type Fields, partOf, shown, textOf, textsOf } from './front-matter-fields.ts'
import { type Field, foldedKey } from './front-matter-keys.ts'
import type { Entry } from './front-matter-tree.ts'

/**
 * Whether any key keeps it back: `draft`, `published: false`, `status: pending`, `visibility: members`, a password,
 * Eleventy's `permalink: false`. A note says which. What may mean that counts as well, as in Eleventy: an article that is
 * out too early cannot be called back.
 */
export function isDraft(fields: Fields): boolean {
  const states = (field: Field, state: boolean | undefined) =>
    fields.all(field).filter(({ value }) => booleanIn(value) === state)
  const sure = [
    ...states('draft', true),
    ...states('unready', true),
    ...states('date', false),
    ...states('public', false),
    ...states('address', false),
    ...fields.all('status').filter(({ value }) => isOutIn(textOf(value) ?? '') === false),
  ]
  const unclear = [...states('draft', undefined), ...states('unready', undefined)]
  const reasons = [
    ...sure.map(({ key, line, value }) => ({ line, why: `${key}: ${textOf(value)}` })),
    ...unclear.map(({ key, line, value }) => ({
      line,
      why: `${key}${shown(value)}, which is neither true nor false; write one of these`,
    })),
  ]
  for (const { key, line } of fields.all('build').filter(isNever('render'))) {
    reasons.push({ line, why: `${key}: render: never` })
  }
  const [password] = fields.all('password')
  if (password) reasons.push({ line: password.line, why: 'its password' })
  for (const { line, why } of reasons) fields.note(line, `it is a draft because of ${why}`)
  for (const entry of fields.all('status').filter(isUnknownState)) {
    fields.note(
      entry.line,
      `${entry.key}${shown(entry.value)} is none that is known, and keeps nothing back; write "draft: true" where it is to`,
    )
  }
  return reasons.length > 0
}

/** A `state` may be a country's, a `stage` that of a race, a `workflow` that of a program. */
const ofOthers = /^(?:state|estado|stage|workflow)$/

const isUnknownState = ({ key, value }: Entry) =>
  !ofOthers.test(foldedKey(key)) &&
  booleanIn(value) === undefined &&
  isOutIn(textOf(value) ?? '') === undefined

const isNever =
  (name: string) =>
  ({ value }: Entry) =>
    /^(?:never|false)$/i.test(textOf(partOf(value, name)) ?? '')

/** Whether it has a page, and is in no feed or list. */
export const isUnlisted = (fields: Fields) =>
  fields.all('build').some(isNever('list')) ||
  fields.all('unlisted').some(({ value }) => booleanIn(value) === true) ||
  textsOf(fields.all('status')).some((text) => /^(?:hidden|unlisted)$/i.test(text))
