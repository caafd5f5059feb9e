/** What goes wrong with files: broken ones, closed ones, slow writers and pipes. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Action } from '../test/support/history.ts'
import { type Content, textOf } from '../test/support/stories.ts'
import type { ChaosFolder } from './chaos-folder.ts'

/** A program that keeps a file open, and what it has still to write. */
interface Writer {
  readonly path: string
  readonly content: Content
  readonly descriptor: number
  readonly rest: string
  /** ms since 1970. */
  readonly until: number
}

/** Rights by which a folder cannot be listed, or what is in it not be looked at. */
const closedModes = [0o000, 0o100, 0o300, 0o400, 0o600]
const mostClosed = 5
const mostPipes = 3

export function faultsOf(folder: ChaosFolder) {
  const { random } = folder
  const writers: Writer[] = []
  /** Articles that are gone as long as a pipe lies in their place. */
  const pipes: { path: string; content: Content }[] = []

  const actions: Readonly<Record<string, Action>> = {
    'bad new': () => badNew(''),
    slow,
    'close file': closeFile,
    'close folder'() {
      const one = folder.quietFolder()
      return one !== undefined && close(one)
    },
    'close all': () => folder.isQuiet('') && close(''),
    open,
    pipe: () => (pipes[0] && random.between(0, 1) === 0 ? pipeAway() : pipe()),
  }
  return { actions, release }

  function badNew(where: string): boolean {
    const path = `${where}bad${folder.next() % 10}.md`
    writeFileSync(folder.file(path), folder.badText())
    return folder.did('bad new', path)
  }

  /** Writes half of an article, sometimes for longer than a minute; `release` writes the rest. */
  function slow(): boolean {
    const [story] = random.between(0, 1) === 0 ? folder.free() : []
    // What becomes of an article that was first there may be settled before the writer has ended, or after.
    const path = story?.path ?? folder.newPath()
    const content = { ...(story?.content ?? folder.newContent()), ...folder.newText() }
    const isLong = random.between(1, 12) === 1 && writers.length === 0
    const ms = isLong ? 70_000 : random.between(50, 4000)
    const text = textOf(content)
    const half = text.length - random.between(1, 40)
    mkdirSync(dirname(folder.file(path)), { recursive: true })
    const descriptor = openSync(folder.file(path), 'w')
    writeSync(descriptor, text.slice(0, half))
    writers.push({ path, content, descriptor, rest: text.slice(half), until: Date.now() + ms })
    folder.taken.add(path)
    if (story) folder.mark(story, 'held')
    return folder.did('slow', `${path} "${content.title}" for ${ms} ms`)
  }

  /** Ends what writers have to write whose time has come. */
  function release(): void {
    const due = ({ until, path }: Writer) => until <= Date.now() && !folder.isClosed(path)
    for (const writer of writers.filter(due)) {
      const { path, content, descriptor, rest } = writer
      writers.splice(writers.indexOf(writer), 1)
      writeSync(descriptor, rest)
      closeSync(descriptor)
      folder.taken.delete(path)
      folder.says(path, content)
      folder.did('slow', `ends ${path}`)
    }
  }

  function closeFile(): boolean {
    if (folder.live().filter(({ file }) => file === 'closed').length >= mostClosed) return false
    return folder.withFree((story, path) => {
      chmodSync(folder.file(path), 0)
      folder.mark(story, 'closed')
      return folder.did('close file', path)
    })
  }

  /** Mostly something happens in the folder just before, so that Newsstand looks when it may not any more. */
  function close(where: string): boolean {
    if (random.between(0, 2) > 0) badNew(where)
    const mode = random.pick(closedModes)
    folder.close(where, mode)
    return folder.did('close', `${where || 'the articles folder'} 0${mode.toString(8)}`)
  }

  /** Rights are given back: to a folder, or to a file. */
  function open(): boolean {
    const where = folder.openLast()
    if (where !== undefined) return folder.did('open', where || 'the articles folder')
    const closed = folder.live().find((story) => story.file === 'closed' && folder.isFree(story))
    if (!closed) return false
    chmodSync(folder.file(closed.path ?? ''), 0o644)
    folder.mark(closed, 'good')
    return folder.did('open', closed.path ?? '')
  }

  /** A file is swapped for a pipe while it and many others are read. */
  async function pipe(): Promise<boolean> {
    const [story, ...others] = folder.free()
    if (!story?.path || pipes.length >= mostPipes) return false
    const side = folder.file('.pipe')
    if (spawnSync('mkfifo', [side]).status !== 0) throw new Error('mkfifo is missing')
    for (const { path } of [...others.slice(0, 30), story]) folder.touch(path ?? '')
    await sleep(random.between(30, 130))
    const { path } = story
    renameSync(side, folder.file(path))
    pipes.push({ path, content: story.content })
    folder.taken.add(path)
    folder.end(story)
    folder.mark(story, 'aside')
    folder.left.push(path)
    return folder.did('pipe', path)
  }

  function pipeAway(): boolean {
    const at = pipes.findIndex(({ path }) => !folder.isClosed(path))
    const [one] = at < 0 ? [] : pipes.splice(at, 1)
    if (!one) return false
    unlinkSync(folder.file(one.path))
    folder.taken.delete(one.path)
    return folder.put('pipe', one.path, one.content)
  }
}
