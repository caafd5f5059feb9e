/** What editors should know of their files, each kind of it once. */
import type { CatalogueReader, Counts, KnownRejection, NotedFile } from '../catalogue/catalogue.ts'
import { commonText, othersText, summedUp, type Told } from '../intake/alike.ts'

/** So much is looked through: it takes some hundredths of a second. */
const mostLooked = 20_000
/** So many kinds are told. */
const mostKinds = 100

/** By how many there are. @param counts how many there are of all */
export async function toldFiles(
  catalogue: CatalogueReader,
  counts: Pick<Counts, 'rejections' | 'notes' | 'passedOver'>,
) {
  const rejected = await catalogue.rejections(mostLooked)
  const faults = rejected.flatMap(faultsOf)
  const noted = await catalogue.notes(mostLooked)
  const passedOver = await catalogue.passedOver(mostLooked)
  return {
    rejected: kindsOf(faults, faults.length + counts.rejections - rejected.length),
    noted: kindsOf(noted.flatMap(notesOf), counts.notes),
    passedOver: kindsOf(passedOver.flatMap(notesOf), counts.passedOver),
  }
}

function kindsOf<One extends Told>(told: readonly One[], total: number) {
  const kinds = summedUp(told).slice(0, mostKinds)
  const shown = kinds.reduce((sum, { others }) => sum + 1 + others.length, 0)
  return {
    kinds: kinds.map((alike) => ({
      ...alike.first,
      /** What is said of the first, for all of them. */
      common: (text: string) => commonText(alike, text),
      count: alike.others.length + 1,
      others: alike.others.length > 0 ? othersText(alike) : '',
    })),
    /** How many there are besides. */
    more: total - shown,
  }
}

/** A fault, with what is known of its file. */
const faultsOf = ({ path, others, since, isPublished, ...first }: KnownRejection) =>
  [first, ...others].map((fault, n) => {
    const stays = n === 0 && isPublished ? ' Its last good version stays published.' : ''
    const remedy = fault.remedy + stays
    return { ...fault, path, remedy, text: `${fault.reason}. ${remedy}`, since }
  })

const notesOf = ({ path, notes }: NotedFile) => notes.map((note) => ({ path, ...note }))
