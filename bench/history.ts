/**
 * A folder of articles and what happens to it, by chance that repeats: files are added, edited, moved,
 * deleted, made drafts and spoilt. It knows what a feed has to say afterwards.
 */
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Random, randomFrom } from './random.ts'

export interface History {
  /** How many files there are. */
  size(): number
  /** Titles of the articles that are published, by the word that only this article has. */
  published(): Map<string, string>
  /** Words of the articles whose file was not touched since the last call. */
  untouched(): Set<string>
  /** Does so many things to the folder, each to another file. */
  change(count: number): void
}

interface Story extends StoryText {
  path: string
  edition: number
  state: 'good' | 'draft' | 'bad'
  /** Of its last good version; undefined while there was none. */
  title: string | undefined
}

const hourMs = 3_600_000
/** Stories are dated an hour apart from here on… */
const firstDate = Date.UTC(2010, 0, 1)
/** …and their files are modified a second apart from here on, whatever the clock says. */
const firstChange = Date.UTC(2024, 0, 1)

const sections = ['World', 'Business', 'Sport', 'Culture']
const tags = ['Harbours', 'Rain', 'Bread', 'Bridges', 'Trains']
const authors = ['Mira Onal', 'Tomas Vik', 'Ada Ak', 'Jun Abe']

/** The channels that stories are in. */
export const channelPaths = [
  '/',
  ...sections.map((name) => `/sections/${slug(name)}/`),
  ...tags.map((name) => `/tags/${slug(name)}/`),
  ...authors.map((name) => `/authors/${slug(name)}/`),
]

function slug(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-')
}

/** Those of story n. */
export function channelsOf(number: number): string[] {
  const of = (list: readonly string[]) => slug(list[number % list.length] ?? '')
  return ['/', `/sections/${of(sections)}/`, `/tags/${of(tags)}/`, `/authors/${of(authors)}/`]
}

/** The word that story n alone has in its title. */
export const wordOf = (number: number) => `story${number}x`

/**
 * Fills an empty folder.
 * @param onlyNew whether files that hold an article are left alone, or deleted, but not changed: a catalogue
 *   made from such a folder alone is the same as one that saw its history
 */
export function createHistory(
  folder: string,
  seed: number,
  files: number,
  onlyNew: boolean,
): History {
  const random = randomFrom(seed)
  const stories: Story[] = []
  let touched = new Set<Story>()
  let numbers = 0
  let changes = 0

  /** Written aside and renamed: whoever looks meanwhile sees no time of modification but this one. */
  function write(story: Story): void {
    const whole = join(folder, story.path)
    const aside = join(folder, '.aside')
    mkdirSync(dirname(whole), { recursive: true })
    writeFileSync(aside, textOf(story))
    changes += 1
    const time = (firstChange + changes * 1000) / 1000
    utimesSync(aside, time, time)
    renameSync(aside, whole)
    if (story.state === 'good') story.title = titleOf(story)
    if (story.state === 'draft') story.title = undefined
    touched.add(story)
  }

  function add(state: Story['state']): Story {
    const number = numbers
    numbers += 1
    const path = `${random.between(0, 4)}/story-${number}.md`
    const story: Story = { number, path, edition: 1, state, title: undefined }
    stories.push(story)
    write(story)
    return story
  }

  function move(story: Story): void {
    const path = `${random.between(0, 4)}/moved-${changes}-${story.number}.md`
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    renameSync(join(folder, story.path), join(folder, path))
    story.path = path
    changes += 1
  }

  function remove(story: Story): void {
    rmSync(join(folder, story.path))
    stories.splice(stories.indexOf(story), 1)
  }

  /** Half the time one of those that feeds show. */
  function choose(busy: ReadonlySet<Story>): Story | undefined {
    const newest = Math.max(0, stories.length - 30)
    const from = random.between(0, 1) === 0 ? newest : 0
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const story = stories[random.between(from, stories.length - 1)]
      if (story && !busy.has(story)) return story
    }
    return undefined
  }

  function edit(story: Story, state: Story['state']): void {
    story.state = state
    story.edition += 1
    write(story)
  }

  function changeOne(busy: Set<Story>): void {
    const kind = random.between(1, 100)
    const story = choose(busy)
    if (!story || kind <= 22) {
      busy.add(add(random.pick(['good', 'good', 'good', 'draft', 'bad'])))
      return
    }
    busy.add(story)
    if (kind <= 42 && stories.length > files / 2) remove(story)
    // What is no article yet may become one in any history.
    else if (story.state !== 'good') edit(story, 'good')
    else if (onlyNew) return
    else if (kind <= 68) edit(story, 'good')
    else if (kind <= 84) move(story)
    else edit(story, kind <= 92 ? 'draft' : 'bad')
  }

  for (let n = 0; n < files; n += 1) add(random.between(1, 20) === 1 ? 'bad' : 'good')
  return {
    size: () => stories.length,
    published() {
      const shown = stories.filter(({ title }) => title !== undefined)
      return new Map(shown.map(({ number, title }) => [wordOf(number), title ?? '']))
    },
    untouched() {
      const same = stories.filter((story) => !touched.has(story))
      touched = new Set()
      return new Set(same.map(({ number }) => wordOf(number)))
    },
    change(count) {
      const busy = new Set<Story>()
      for (let n = 0; n < count; n += 1) changeOne(busy)
    },
  }
}

/** What a file says, and whether it can be an article. */
export interface StoryText {
  readonly number: number
  readonly edition: number
  readonly state: 'good' | 'draft' | 'bad'
}

export const titleOf = ({ number, edition }: StoryText) =>
  `What ${wordOf(number)} says, edition ${edition}`

/** The last paragraph: where it is missing, a text is not whole. */
export const endOf = (title: string) => `The end of ${title}.`

/** A bad one has no date, and its good former version stays published. */
export function textOf(story: StoryText, paragraphs = 6): string {
  const { number, edition, state } = story
  const random: Random = randomFrom(number * 100 + edition)
  const date = new Date(firstDate + number * hourMs).toISOString()
  const of = <T>(list: readonly T[]) => list[number % list.length]
  return [
    '---',
    `title: ${titleOf(story)}`,
    ...(state === 'bad' ? [] : [`date: ${date}`]),
    ...(state === 'draft' ? ['draft: true'] : []),
    `section: ${of(sections)}`,
    `tags: [${of(tags)}]`,
    `authors: [${of(authors)}]`,
    '---',
    ...Array.from({ length: paragraphs }, () =>
      `Number ${random.between(0, 1e9)} was seen. `.repeat(8),
    ),
    endOf(titleOf(story)),
  ].join('\n\n')
}
