/** What people and programs do to articles on purpose, beside what happens to any folder. */
import { renameSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Action } from '../test/support/history.ts'
import { type Content, isHeldBack, type Story, textOf } from '../test/support/stories.ts'
import type { ChaosFolder } from './chaos-folder.ts'

const mostAtOnce = 20

export function changesOf(folder: ChaosFolder): Readonly<Record<string, Action>> {
  const { random } = folder
  return {
    terms: () => folder.rewrite('terms', () => folder.newTerms()),
    date: () => folder.rewrite('date', () => ({ date: folder.newDate() })),
    /** A date that is to come holds an article back; it is corrected later. */
    future() {
      const isHeld = (story: Story) => isHeldBack(story.content) && folder.isFree(story)
      const held = folder.live().find(isHeld)
      if (!held) return folder.rewrite('future', () => ({ date: '2090-01-01' }))
      return folder.put('future', held.path ?? '', { ...held.content, date: folder.newDate() })
    },
    touch: () => folder.withFree((_, path) => folder.touch(path)),
    times: () => folder.withFree(writeWithTime),
    'move folder': moveFolder,
    swap,
    'delete many'() {
      const free = folder.free()
      if (folder.live().length < 3 * mostAtOnce || free.length < mostAtOnce) return false
      return free.slice(0, mostAtOnce).every((story) => folder.remove(story))
    },
  }

  /** Another text under a time of modification that is the same, old, or to come. */
  function writeWithTime(story: Story, path: string): boolean {
    const content: Content = { ...story.content, ...folder.newText() }
    const times = [folder.modified(path), 0, 1e12, Date.now() + 3_600_000, Date.now() + 4e11]
    const modified = random.pick(times) / 1000
    const side = `${dirname(folder.file(path))}/.times`
    writeFileSync(side, textOf(content))
    utimesSync(side, modified, modified)
    renameSync(side, folder.file(path))
    folder.says(path, content)
    return folder.did('times', `${path} "${content.title}" ${modified}`)
  }

  function moveFolder(): boolean {
    const from = folder.quietFolder()
    if (!from) return false
    // One that may not be read cannot be told by its text where it is moved to, and is gone until it may.
    if (folder.inside(from).some(({ file }) => file === 'closed')) return false
    const to = `dir${folder.next()}/`
    renameSync(folder.file(from), folder.file(to))
    for (const story of folder.inside(from)) {
      const { path = '' } = story
      folder.left.push(path)
      story.path = to + path.slice(from.length)
      folder.mark(story, story.file)
    }
    return folder.did('move folder', `${from} → ${to}`)
  }

  function swap(): boolean {
    const [one, other] = folder.free()
    if (!one?.path || !other?.path) return false
    const [a, b] = [one.path, other.path]
    renameSync(folder.file(a), folder.file('.swap'))
    renameSync(folder.file(b), folder.file(a))
    renameSync(folder.file('.swap'), folder.file(b))
    one.path = b
    other.path = a
    folder.mark(one, 'good')
    folder.mark(other, 'good')
    return folder.did('swap', `${a} and ${b}`)
  }
}
