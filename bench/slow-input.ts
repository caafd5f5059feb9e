/**
 * How long inputs take that were made to hurt the readers (slow-inputs.ts): CPU time of reading, until
 * the article or rejection is there, for every 100 kB. Smaller files count as 100 kB.
 * node bench/slow-input.ts [kB ...]
 * Sizes are 100 and 1000 kB unless told; 9000 is nearly the largest file that is read. It ends after less than four
 * minutes, and says how much it has left out where the machine is too busy for all. All readers take turns.
 * Fails when an input takes more than 50 ms that is not denser markup than any article's, when one
 * that is takes more than 600, or when something is thrown that is no rejection.
 */
import { setImmediate as takeBreath } from 'node:timers/promises'
import { namesIn } from '../src/intake/file-names.ts'
import { articleOf } from '../src/intake/read-article.ts'
import { RejectionError } from '../src/intake/rejection.ts'
import { createTopicFinder } from '../src/intake/topics.ts'
import { cpuTime } from '../test/support/cpu-time.ts'
import { machine, quantile, workspace } from './measure.ts'
import { type SlowInput, slowInputs } from './slow-inputs.ts'

/** ms for 100 kB. */
const limit = 50
const limitOfDense = 600
/**
 * Articles have a mark of markup in 30 characters at most; these have one in fewer than 20, or are
 * tags without words.
 */
const charactersPerMark = 20
/** What takes too long is measured so often: a pause of the whole program may take a second. */
const runs = 3
/** Unless it takes longer than any pause. ms. */
const long = 5000

/** No input is begun later. */
const mostTimeMs = 220_000

const told = process.argv.slice(2)
const sizes = (told.length > 0 ? told : ['100', '1000']).map((kB) => Number(kB) * 1000)
const root = workspace()
const settings = {
  root,
  files: namesIn(root),
  language: 'en',
  timeZone: 'UTC',
  undated: 'modified' as const,
  publisher: { name: 'TRT World', url: 'https://www.trtworld.com/' },
  findTopics: createTopicFinder([]),
}

async function read(bytes: Buffer, file: string): Promise<string> {
  try {
    return (await articleOf(bytes, { path: file, modified: 0 }, settings)).kind
  } catch (error) {
    if (error instanceof RejectionError) return `rejected: ${error.message.slice(0, 60)}`
    return `FAULT: ${(error as Error).message}`
  }
}

/** @returns ms for 100 kB, and what becomes of it */
async function measure(
  { file }: SlowInput,
  bytes: Buffer,
  mostMs: number,
): Promise<[number, string]> {
  const times: number[] = []
  const share = Math.max(1, bytes.length / 100_000)
  let outcome = ''
  do {
    // Reading may never wait for anything, and then no signal is heard.
    await takeBreath()
    const start = cpuTime()
    outcome = await read(bytes, file)
    times.push(cpuTime() - start)
  } while (times.length < runs && (times[0] ?? 0) > mostMs * share && (times[0] ?? 0) < long)
  return [quantile(times, 0.5) / share, outcome]
}

const isDense = (text: string): boolean =>
  (text.match(/[<&[*_`|\n\u00a0-]/g)?.length ?? 0) > text.length / charactersPerMark ||
  text.replace(/<[^>]*>/g, '').length < text.length / 10

/** From each reader in proportion to its number, so that all are through at the same time. */
function inTurns(inputs: readonly SlowInput[]): SlowInput[] {
  const byReader = Object.groupBy(inputs, ({ name }) => name.slice(0, name.indexOf(':')))
  const placed = Object.values(byReader).flatMap((ones = []) =>
    ones.map((input, n) => ({ input, place: (n + 0.5) / ones.length })),
  )
  return placed.toSorted((a, b) => a.place - b.place).map(({ input }) => input)
}

let failed = 0
let over = 0
let left = slowInputs.length
console.log(`${slowInputs.length} inputs of ${sizes.join(' and ')} bytes. ${machine()}`)
for (const input of inTurns(slowInputs)) {
  if (performance.now() > mostTimeMs) break
  left -= 1
  const small = input.make(10_000)
  // So that no library is loaded and no reader compiled while it is measured.
  await read(Buffer.from(small), input.file)
  const dense = isDense(String(small))
  const mostMs = dense ? limitOfDense : limit
  const cells = [input.name, dense ? 'dense' : '']
  let last = ''
  for (const size of sizes) {
    const bytes = Buffer.from(input.make(size))
    const [ms, outcome] = await measure(input, bytes, mostMs)
    last = outcome
    cells.push(`${ms.toFixed(1)}${ms > limit ? ' NO' : ''}`)
    if (ms > limit) over += 1
    if (ms > mostMs || outcome.startsWith('FAULT')) failed += 1
  }
  console.log([...cells, last].join('\t'))
}
if (left > 0) console.log(`\n${left} were left out, since there was no more time.`)
console.log(`\nms for 100 kB. ${over} above ${limit}; ${failed} beyond what is promised.`)
process.exit(failed > 0 ? 1 : 0)
