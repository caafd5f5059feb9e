/**
 * One of several writers that keep a folder in motion; started by motion.ts, which it tells in the end what
 * it left there. node bench/motion-writer.ts folder number writers seconds files changes
 */
import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { textOf, titleOf, wordOf } from './history.ts'
import { randomFrom } from './random.ts'

/** What is left of an article in the end. */
export interface Left {
  readonly word: string
  readonly title: string
  readonly wasMoved: boolean
}

interface Story {
  readonly number: number
  path: string
  edition: number
  readonly state: 'good'
  wasMoved: boolean
}

const [folder = '', ...numbers] = process.argv.slice(2)
const [own = 0, writers = 1, seconds = 1, files = 1, changes = 1] = numbers.map(Number)
const random = randomFrom(own)
const stories: Story[] = []
let written = 0

function place(number: number, name: string): string {
  return `${String(number % 40).padStart(2, '0')}/${name}.md`
}

/** By turns in place at once, in place in two pieces, and aside and renamed. */
function write(story: Story): void {
  const path = join(folder, story.path)
  const text = textOf(story, 2)
  mkdirSync(dirname(path), { recursive: true })
  const way = random.between(0, 2)
  if (way === 0) writeFileSync(path, text)
  else if (way === 1) {
    const file = openSync(path, 'w')
    writeSync(file, text.slice(0, 200))
    writeSync(file, text.slice(200))
    closeSync(file)
  } else {
    writeFileSync(`${path}.part`, text)
    renameSync(`${path}.part`, path)
  }
}

function add(): void {
  const number = own + written * writers
  written += 1
  const path = place(number, `story-${number}`)
  const story: Story = { number, path, edition: 1, state: 'good', wasMoved: false }
  stories.push(story)
  write(story)
}

function changeOne(): void {
  const kind = random.between(1, 100)
  const story = random.pick(stories)
  if (kind <= 40) add()
  else if (kind <= 65) {
    story.edition += 1
    write(story)
  } else if (kind <= 80) {
    const path = place(random.between(0, 39), `moved-${story.edition}-${story.number}`)
    renameSync(join(folder, story.path), join(folder, path))
    story.path = path
    story.wasMoved = true
  } else {
    rmSync(join(folder, story.path))
    stories.splice(stories.indexOf(story), 1)
  }
}

for (let n = 0; n < files; n += 1) add()
process.send?.('ready')
process.once('message', async () => {
  const start = performance.now()
  for (let n = 0; n < changes; n += 1) {
    changeOne()
    const ahead = start + ((n + 1) * seconds * 1000) / changes - performance.now()
    if (ahead > 1) await sleep(ahead)
  }
  const left: Left[] = stories.map((story) => ({
    word: wordOf(story.number),
    title: titleOf(story),
    wasMoved: story.wasMoved,
  }))
  process.send?.(left)
  process.disconnect?.()
})
