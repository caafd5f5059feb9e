import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import type { Country } from 'world-countries'
import { countryNames } from '../../src/intake/country-names.ts'
import { wordSet } from '../../src/text.ts'

/** Territories in the news whose name means nothing else. Not so Jersey, Bermuda or Réunion. */
const territories = wordSet(
  'AS AW CK CW EH FK FO GF GI GL GP GU HK KY MO MQ NC PF PR PS TC TW VG VI XK YT',
)

const countries: Country[] = createRequire(import.meta.url)('world-countries')

test('the names of countries are those of world-countries', () => {
  const kept = countries.filter((c) => c.independent || c.unMember || territories.has(c.cca2))
  const names = kept.map(({ name, demonyms }) => [name.common, demonyms.eng?.m ?? ''])
  expect(Object.entries(countryNames)).toEqual(names)
})
