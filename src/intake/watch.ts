/**
 * Notices changes in the articles folder. One watch a folder, which on Linux covers the files in
 * it: libraries that watch file by file would need 100,000 watches where we need a hundred.
 */
import {
  type FSWatcher,
  lstatSync,
  readdirSync,
  readFileSync,
  type Stats,
  statSync,
  watch,
} from 'node:fs'
import { basename, join } from 'node:path'
import { attempt } from '../attempt.ts'
import { folderOf, isMisread, pathIn } from './folder.ts'
import { isArticleName } from './formats/input-formats.ts'
import { differing, mountsBelow } from './mounts.ts'
import { mayBeNeeded } from './other-files.ts'

/** Events of one change come in bursts: they are handed on when it is quiet, or at the latest… */
const quietMs = 20
/** …after this long. */
const longestMs = 200
/** How often we look whether the root is the folder that is watched, and what could not be watched can be. */
const checkMs = 2000
/** So many folders that could not be watched are tried again each time. */
const mostRetried = 100
/** So long we are busy with events before others in the thread have their turn. */
const portionMs = 10

/** Of so many events at a time some may have been lost: Linux keeps no more than twice as many (inotify(7)). */
const manyEvents =
  (attempt(() => Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'))) ??
    16_384) / 2

/**
 * What is known of a path: that its content changed, that word of what is in it may have been lost, or that it
 * came or went. Each has more looked at than the one before.
 */
const signs = ['changed', 'missed', 'renamed'] as const
type Sign = (typeof signs)[number]

/** A folder that is watched, and the paths of those in it that are. */
interface Watched {
  readonly watch: FSWatcher
  readonly identity: string
  readonly inner: Set<string>
}

export interface Watch {
  /**
   * Whether word comes of what is written in the folder that lies at a path. `onChange` was told of it when that began, or
   * will be.
   * @param identity of the folder, by `identityOf`
   */
  sees(path: string, identity: string): boolean
}

/**
 * Watches for as long as the thread lasts. A folder that cannot be watched is passed over and tried
 * again; changes in it are not noticed until then.
 * @param root absolute
 * @param onChange files and folders that came, changed or went, relative to the root; at first all of them
 * @param onFault why folders cannot be watched, once until they all are
 */
export function watchFolder(
  root: string,
  onChange: (paths: string[]) => void,
  onFault: (error: Error) => void,
): Watch {
  const watched = new Map<string, Watched>()
  const unwatched = new Set<string>()
  /** What is to be looked at. */
  const due = new Map<string, Sign>()
  /** Since we looked last. */
  let events = 0
  let hasMissed = false
  /** Whether `lookAtDue` will run: once in each turn of the thread, or others would wait for several portions. */
  let isPlanned = false
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let since = 0
  let isFaulty = false
  let rootIdentity = identityAt(root)
  let mounts = mountsBelow(root)

  function check(): void {
    const now = identityAt(root)
    // A folder that was made or mounted anew has no watch, nor has one that was away; neither sends word of itself.
    const isBack = now !== undefined && !watched.has('') && !unwatched.has('')
    if (now !== rootIdentity || isBack) planLook('', 'renamed')
    rootIdentity = now
    const mounted = mountsBelow(root)
    for (const path of differing(mounts, mounted)) planLook(path, 'renamed')
    mounts = mounted
    let tries = 0
    for (const path of unwatched) {
      tries += 1
      if (tries > mostRetried || !retry(path)) break
    }
    if (unwatched.size === 0) isFaulty = false
  }

  /** @returns whether to go on with others */
  function retry(path: string): boolean {
    unwatched.delete(path)
    const outcome = watchOne(path)
    if (outcome === 'watched') note(path)
    return outcome !== 'limited'
  }

  function note(path: string): void {
    if (changed.size === 0) since = performance.now()
    changed.add(path)
    clearTimeout(timer)
    const wait = Math.max(0, Math.min(quietMs, since + longestMs - performance.now()))
    timer = setTimeout(() => {
      const paths = [...changed]
      changed.clear()
      onChange(paths)
    }, wait)
  }

  function noticed(folder: string, event: string, name: string | null): void {
    events += 1
    if (name === null || name.startsWith('.')) return
    const sign = event === 'rename' ? 'renamed' : 'changed'
    // Word of the folder itself bears its name: it may be unmounted and mounted again, and seen no more.
    if (name === basename(join(root, folder))) planLook(folder, sign)
    // A name that is not UTF-8 leads nowhere: the folder it is in is looked at.
    if (isMisread(name)) planLook(folder, 'changed')
    if (!isMisread(name)) planLook(pathIn(folder, name), sign)
  }

  /** Events may come by the ten thousand: they are remembered, and looked at in portions. */
  function planLook(path: string, sign: Sign): void {
    const before = due.get(path)
    if (!before || signs.indexOf(sign) > signs.indexOf(before)) due.set(path, sign)
    plan()
  }

  function plan(): void {
    if (!isPlanned) setImmediate(lookAtDue)
    isPlanned = true
  }

  function lookAtDue(): void {
    isPlanned = false
    hasMissed ||= events >= manyEvents
    events = 0
    const end = performance.now() + portionMs
    for (const [path, sign] of due) {
      due.delete(path)
      look(path, sign)
      if (performance.now() > end) break
    }
    if (due.size === 0 && hasMissed) {
      hasMissed = false
      for (const path of watched.keys()) planLook(path, 'missed')
    }
    if (due.size > 0) plan()
  }

  function look(path: string, sign: Sign): void {
    const wasFolder = path === '' || watched.has(path) || unwatched.has(path)
    // A folder that was removed and made again has a watch that sees nothing any more.
    if (sign === 'renamed') forget(path)
    const outcome = watchOne(path, sign === 'missed')
    const name = basename(path)
    if (outcome !== 'none' || wasFolder || isArticleName(name) || mayBeNeeded(name)) note(path)
  }

  /**
   * Watches a folder, and has those in it looked at as well.
   * @param isAnew has them looked at even if it is watched already
   */
  function watchOne(path: string, isAnew = false): 'watched' | 'none' | 'failed' | 'limited' {
    try {
      const whole = join(root, path)
      const stat = path === '' ? statSync(whole) : lstatSync(whole)
      if (!stat.isDirectory()) return forget(path)
      const identity = identityOf(stat)
      // Word that another folder has taken its place may have been lost.
      if (watched.get(path)?.identity !== identity) forget(path)
      if (!watched.has(path)) addWatch(path, whole, identity)
      else if (isAnew) planInner(path)
      return 'watched'
    } catch (error) {
      return fail(path, error as NodeJS.ErrnoException)
    }
  }

  function addWatch(path: string, whole: string, identity: string): void {
    const one = watch(whole, (event, name) => noticed(path, event, name))
    one.on('error', () => {
      forget(path)
      unwatched.add(path)
    })
    watched.set(path, { watch: one, identity, inner: new Set() })
    unwatched.delete(path)
    if (path !== '') watched.get(folderOf(path))?.inner.add(path)
    planInner(path)
  }

  /** Has the folders in a folder looked at, if they are not watched yet. */
  function planInner(path: string): void {
    for (const dirent of readdirSync(join(root, path), { withFileTypes: true })) {
      const { name } = dirent
      if (!dirent.isDirectory() || name.startsWith('.') || isMisread(name)) continue
      const inner = pathIn(path, name)
      if (!watched.has(inner)) planLook(inner, 'changed')
    }
  }

  function fail(path: string, error: NodeJS.ErrnoException): 'none' | 'failed' | 'limited' {
    const { code = '' } = error
    forget(path)
    if (['ENOENT', 'ENOTDIR'].includes(code)) return 'none'
    unwatched.add(path)
    // What may not be read, or lies too deep, refreshes tell of.
    if (['EACCES', 'EPERM', 'ENAMETOOLONG'].includes(code)) return 'failed'
    if (!isFaulty) onFault(error)
    isFaulty = true
    return 'limited'
  }

  /** Stops watching a folder that is gone, and those in it. */
  function forget(path: string): 'none' {
    unwatched.delete(path)
    const one = watched.get(path)
    if (!one) return 'none'
    one.watch.close()
    watched.delete(path)
    for (const inner of one.inner) forget(inner)
    if (path !== '') watched.get(folderOf(path))?.inner.delete(path)
    return 'none'
  }

  planLook('', 'changed')
  setInterval(check, checkMs).unref()
  return { sees: (path, identity) => watched.get(path)?.identity === identity }
}

/** Tells a folder from another one. Numbers of inodes are used again. */
export const identityOf = ({ dev, ino, birthtimeMs }: Stats) => `${dev} ${ino} ${birthtimeMs}`

/** Of the folder that lies at a path; undefined when that cannot be told. */
const identityAt = (path: string) => attempt(() => identityOf(statSync(path)))
