/** What people and programs do to articles on purpose: each action does it to a file and tells the model. */
import { mkdirSync, renameSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Action, type ChaosFolder, textOf } from './chaos-folder.ts'
import { type Content, isHeldBack, type Story } from './chaos-model.ts'

const most = 80
const fewest = 35

export function changesOf(folder: ChaosFolder): Readonly<Record<string, Action>> {
  const { model, random } = folder
  const rewrite = (kind: string, change: () => Partial<Content>) =>
    folder.withFree((story, path) => folder.put(kind, path, { ...story.content, ...change() }))

  return {
    add: () =>
      model.live().length < most && folder.put('add', folder.freshPath(), folder.newContent()),
    edit: () => rewrite('edit', () => folder.newText()),
    terms: () => rewrite('terms', () => folder.newTerms()),
    date: () => rewrite('date', () => ({ date: folder.newDate() })),
    /** A date that is to come holds an article back; it is corrected later. */
    future() {
      const held = model.live().find((story) => isHeldBack(story.content) && folder.isFree(story))
      if (!held) return rewrite('future', () => ({ date: '2090-01-01' }))
      return folder.put('future', held.path ?? '', { ...held.content, date: folder.newDate() })
    },
    touch: () => folder.withFree((_, path) => touch(folder, path)),
    times: () => folder.withFree(writeWithTime),
    move: () => folder.withFree((story) => move(story, folder.freshPath())),
    'move folder': moveFolder,
    over() {
      const [one, other] = folder.free()
      return one && other?.path ? move(one, other.path) : false
    },
    swap,
    /** The text of an article that is gone comes back, where it was or elsewhere. */
    return() {
      const isBack = (story: Story) =>
        folder.isFree(story) && !folder.aside.has(story.content.title)
      const story = model.gone().find(isBack)
      return story ? folder.put('return', folder.freshPath(), story.content) : false
    },
    delete: () => model.live().length > fewest && folder.withFree(remove),
    'delete many'() {
      const free = folder.free()
      if (model.live().length < most * 0.75 || free.length < 20) return false
      return free.slice(0, 20).every((story) => remove(story, story.path ?? ''))
    },
  }

  /** Another text under a time of modification that is the same, old, or to come. */
  function writeWithTime(story: Story, path: string): boolean {
    const content = { ...story.content, ...folder.newText() }
    const times = [folder.modified(path), 0, 1e12, Date.now() + 3_600_000, Date.now() + 4e11]
    const modified = random.pick(times) / 1000
    const side = `${dirname(folder.file(path))}/.times`
    writeFileSync(side, textOf(content))
    utimesSync(side, modified, modified)
    renameSync(side, folder.file(path))
    model.put(path, content, folder.modified(path))
    return folder.did('times', `${path} "${content.title}" ${modified}`)
  }

  function move(story: Story, path: string): boolean {
    const from = story.path ?? ''
    const kind = model.at(path) ? 'over' : 'move'
    mkdirSync(dirname(folder.file(path)), { recursive: true })
    renameSync(folder.file(from), folder.file(path))
    model.move(story, path)
    folder.leave(from)
    return folder.did(kind, `${from} → ${path} "${story.content.title}"`)
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
      folder.leave(path)
      model.move(story, to + path.slice(from.length))
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
    model.swap(one, other)
    return folder.did('swap', `${a} and ${b}`)
  }

  function remove(story: Story, path: string): boolean {
    unlinkSync(folder.file(path))
    model.end(story)
    folder.leave(path)
    return folder.did('delete', path)
  }
}

export function touch(folder: ChaosFolder, path: string): boolean {
  const now = Date.now() / 1000
  utimesSync(folder.file(path), now, now)
  return folder.did('touch', path)
}
