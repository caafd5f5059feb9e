import { describe, expect, test } from 'vitest'
import { countryIndex } from '../../src/intake/topic-countries.ts'
import { createTopicFinder } from '../../src/intake/topics.ts'
import { cpuTime } from '../support/cpu-time.ts'

const findCountries = createTopicFinder([])

type Case = readonly [title: string, ...countries: string[]]

function finds(what: string, cases: readonly Case[]): void {
  test.each(cases.map(([title, ...countries]) => ({ title, countries })))(
    `${what}: “$title” is about $countries`,
    ({ title, countries }) => expect(findCountries(title, undefined)).toEqual(countries),
  )
}

finds('a country is found by its name', [
  ['Flooding in Pakistan displaces thousands', 'Pakistan'],
  ['Ceasefire holds, says Qatar', 'Qatar'],
  ["Syria's interim government", 'Syria'],
  ['Syria’s interim government', 'Syria'],
  ['Türkiye launches satellite', 'Türkiye'],
  ['Turkiye launches satellite', 'Türkiye'],
  ['Turkey launches satellite', 'Türkiye'],
  ["Tu\u0308rkiye'nin seçimi", 'Türkiye'],
  ['Voters in São Tomé and Príncipe', 'São Tomé and Príncipe'],
  ['Voters in Sao Tome and Principe', 'São Tomé and Príncipe'],
  ['Talks between Trinidad & Tobago and Guyana', 'Trinidad and Tobago', 'Guyana'],
  ['A coup in Côte d’Ivoire', 'Ivory Coast'],
  ['A coup in Timor-Leste', 'Timor-Leste'],
  ['A hurricane nears St. Lucia', 'Saint Lucia'],
  ['Greenland votes', 'Greenland'],
  ['Kosovo, Taiwan and Palestine', 'Kosovo', 'Taiwan', 'Palestine'],
  ['Iran-Iraq border reopens', 'Iran', 'Iraq'],
  ['(Lebanon) “Yemen” [Oman]', 'Lebanon', 'Yemen', 'Oman'],
])

finds('a country in history is none of today', [
  ['Codes from Ancient Egypt to the telephone'],
  ['A tomb of ancient Egyptian kings', 'Egypt'],
  ['Ancient ruins in Egypt', 'Egypt'],
])

finds('a country is found by another name', [
  ['US Senate passes bill', 'United States'],
  ['U.S. Senate passes bill', 'United States'],
  ['U.S.-led coalition', 'United States'],
  ['A visit to the USA', 'United States'],
  ["America's election", 'United States'],
  ['UK and UAE sign deal', 'United Kingdom', 'United Arab Emirates'],
  ['Britain and Scotland', 'United Kingdom'],
  ['Unrest in Northern Ireland', 'United Kingdom'],
  ['M23 rebels in DRC', 'DR Congo'],
  ['Rebels in the Democratic Republic of the Congo', 'DR Congo'],
  ['Rebels in DR Congo', 'DR Congo'],
  ['Myanmar, once Burma', 'Myanmar'],
  ['The Holy See and the Vatican', 'Vatican City'],
  ['N. Korea fires missile', 'North Korea'],
  ['Floods in New South Wales', 'Australia'],
])

finds('a country is found by its adjective', [
  ['Syrian refugees return', 'Syria'],
  ['Turkish drone maker', 'Türkiye'],
  ['Two Kenyans win marathon', 'Kenya'],
  ['US-Russian talks', 'United States', 'Russia'],
  ['US–Russian talks', 'United States', 'Russia'],
  ['South African miners', 'South Africa'],
  ['Northern Irish police', 'United Kingdom'],
  ['Nigerien junta', 'Niger'],
  ['Nigerian film', 'Nigeria'],
  ['Saudis, Serbs and Turks', 'Saudi Arabia', 'Serbia', 'Türkiye'],
  ['American voters', 'United States'],
  ['A Georgian opposition leader', 'Georgia'],
  ['Turkish Cypriots vote', 'Cyprus'],
  ['Bosnian Serb leader', 'Bosnia and Herzegovina'],
])

finds('the longest name wins', [
  ['Papua New Guinea', 'Papua New Guinea'],
  ['Fighting in South Sudan', 'South Sudan'],
  ['A South Sudanese refugee', 'South Sudan'],
  ['Equatorial Guinea', 'Equatorial Guinea'],
  ['Guinea-Bissau and Guinea', 'Guinea-Bissau', 'Guinea'],
  ['North Korean troops, South Korea says', 'North Korea', 'South Korea'],
  ['Central African Republic', 'Central African Republic'],
  ['Dominican Republic, Dominica', 'Dominican Republic', 'Dominica'],
  ['New Zealanders abroad', 'New Zealand'],
  ['Turks and Caicos', 'Turks and Caicos Islands'],
  ['US Virgin Islands', 'United States Virgin Islands'],
  ['British Virgin Islands', 'British Virgin Islands'],
  ['American Samoa', 'American Samoa'],
  ['Western Sahara', 'Western Sahara'],
  ["People's Republic of China", 'China'],
  ['Republic of China', 'Taiwan'],
  ['He moved to the South. Sudan was next', 'Sudan'],
])

finds('Chad, Jordan and Georgia are countries only where something says so', [
  ['Chad Smith joins the band'],
  ['A song with Chad'],
  ["Chad's president visits", 'Chad'],
  ['Refugees in Chad', 'Chad'],
  ['Fighting around Lake Chad'],
  ['Michael Jordan’s shoes'],
  ['Jordan Peele’s film opens in France', 'France'],
  ['A gift from Jordan Peele'],
  ["Jordan's king meets Biden", 'Jordan'],
  ['Jordan says border is closed', 'Jordan'],
  ['When Jordan says no', 'Jordan'],
  ['Jordan King Abdullah speaks', 'Jordan'],
  ['Egypt and Jordan reject plan', 'Egypt', 'Jordan'],
  ['Jordan, Egypt reject plan', 'Jordan', 'Egypt'],
  ['Jordan and Egypt reject plan', 'Jordan', 'Egypt'],
  ['Israel-Jordan crossing shut', 'Israel', 'Jordan'],
  ['Ruins in Petra, Jordan, reopen', 'Jordan'],
  ['Jordan scores forty'],
  ['The Jordan Valley'],
  ['Georgia governor signs law'],
  ['Storm hits Georgia'],
  ['Protests in Tbilisi as Georgia votes', 'Georgia'],
  ['Russia, Trump and the Georgia case', 'Russia'],
  ['Republic of Georgia', 'Georgia'],
])

test('what the dek says of Georgia counts for the title', () => {
  expect(findCountries('Georgia turns away', 'Thousands march in Tbilisi.')).toEqual(['Georgia'])
  expect(findCountries('Georgia turns away', 'Voters in Atlanta and Russia')).toEqual(['Russia'])
})

finds('a name inside another thing’s name is no country', [
  ['A Guinea pig and three Guinea Pigs'],
  ['New Mexico, New Jersey, New England'],
  ['Cyclone in the Indian Ocean'],
  ['A row over the South China Sea and the Gulf of Mexico'],
  ['Latin America and South American trade'],
  ['Central American caravan on the Pan-American road'],
  ['The Organization of American States meets'],
  ['A flood at Jamaica Bay and Indian Wells'],
  ['A concert in the Palau Sant Jordi'],
  ['Bank of America and Dutch Bros'],
  ['TRT Russia, TRT Russian and TRT German report'],
  ['TRT in Russia', 'Russia'],
  ['Japanese encephalitis and Spanish flu'],
  ['Double Dutch and Canadian bacon'],
  ['Indian summer in fine Bone China'],
  ['A Turkey sandwich, and then Cold Turkey'],
  ['A danish, a Danish pastry and Irish coffee'],
  ['Russian roulette and a Mexican wave'],
  ['India Arie and America Ferrera sing'],
  ['An American Indian tribe', 'United States'],
  ['The Niger Delta', 'Nigeria'],
  ['The Benin Bronzes go home', 'Nigeria'],
  ['East Palestine, Ohio'],
  ['Brazil nuts in Panama hats'],
  ['Swiss cheese, French fries and Greek yogurt'],
  ['Turkish delight', 'Türkiye'],
  ['Thanksgiving Turkey recipes'],
  ['Polish your shoes; Polish the silver'],
  ['How to Polish Your Resume'],
  ['Polish farmers protest', 'Poland'],
  ['Nail Polish recalled'],
  ['Spanish-speaking voters and Chinese lessons'],
  ['Cuba Gooding in court'],
  ['Mark Cuban buys team'],
  ['Kathy Ireland, Tom Holland and Patricia Scotland'],
  ['Israel Adesanya loses'],
  ['Captain America returns'],
  ['Tom and Chad Jordan on the Isle of Man in a Jersey'],
  ['China Airlines adds flights', 'Taiwan'],
  ['The Georgian house next door'],
])

finds('names that could be one of several are left out', [
  ['Congolese singer'],
  ['Dominican player'],
  ['Korean food'],
  ['The Congo river'],
  ['Virgin Islands'],
  ['Central African leaders'],
  ['Emirates cancels flights'],
  ['Reunion on Christmas Island'],
])

finds('letters of one case tell nothing', [
  ['JOIN US NOW'],
  ['ISRAEL AND THE US'],
  ['CONTACT US'],
  ['US, THE PEOPLE'],
  ['JOIN US NOW: Syria votes', 'Syria'],
  ['BREAKING: US strikes Iran', 'United States', 'Iran'],
  ['EU-US, UK: what next?', 'United States', 'United Kingdom'],
  ['Nigeria borrows US$5bn', 'Nigeria'],
  ['tell us about turkey and chad'],
  ['Usain runs; Omani swims; Iranians, Iran1, Irans', 'Oman', 'Iran'],
  [''],
  ['🇺🇸 — … !'],
])

test('every name of a country begins with a capital, as words without one are not looked up', () => {
  expect([...countryIndex().keys()].filter((name) => !/^\p{Lu}/u.test(name))).toEqual([])
})

describe('title and dek', () => {
  test('tags come once, in order of first appearance', () => {
    const tags = findCountries('Syrian envoy in Qatar', 'Qatari and US diplomats met Syrians.')
    expect(tags).toEqual(['Syria', 'Qatar', 'United States'])
  })

  test('a name is not pieced together from both', () => {
    expect(findCountries('A look at the South', 'Sudan votes')).toEqual(['Sudan'])
  })
})

describe('rules of the config file', () => {
  const find = createTopicFinder([
    { tag: 'Climate', words: ['climate change', 'COP31', 'istanbul summit'] },
    { tag: 'War on Gaza', words: ['Gaza'] },
    { tag: 'Change', words: ['change', 'R&D', '+++'] },
    { tag: 'Syria', words: ['damascus'] },
  ])

  test.each([
    ['Climate Change is here', ['Climate', 'Change']],
    ['CLIMATE CHANGE IS HERE', ['Climate', 'Change']],
    ['climate-change talks at COP31', ['Climate', 'Change']],
    ['cop31 begins', []],
    ['COP311 begins', []],
    ['Climate. Change of mind', ['Change']],
    ['exchange, changes', []],
    ['From Gaza to gaza', ['War on Gaza']],
    ['“gaza”', []],
    ['İSTANBUL SUMMIT', ['Climate']],
    ['R&D budget', ['Change']],
    ['r & d', []],
    ['DAMASCUS', ['Syria']],
    ['Syria: damascus', ['Syria']],
    ['Gaza and Egypt, Gaza and climate change', ['War on Gaza', 'Egypt', 'Climate', 'Change']],
  ])('%s → %j', (title, tags) => {
    expect(find(title, undefined)).toEqual(tags)
  })

  test('words inside a country’s name are found as well', () => {
    const findStates = createTopicFinder([{ tag: 'Unions', words: ['united'] }])
    expect(findStates('The United States', undefined)).toEqual(['Unions', 'United States'])
  })
})

test('hostile text is read in time that grows with its length only', () => {
  const started = cpuTime()
  findCountries('US '.repeat(50_000), 'Jordan and Chad, '.repeat(20_000))
  findCountries('Turkish Republic of Northern '.repeat(20_000), 'Democratic '.repeat(50_000))
  expect(cpuTime() - started).toBeLessThan(2000)
})
