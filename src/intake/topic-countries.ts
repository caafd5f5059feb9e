/** What is known of countries' names, and of the traps in them: data, and the index made of it. */
import { wordSet } from '../text.ts'
import { countryNames } from './country-names.ts'
import { add, type Index, inSmall, type Phrase, split } from './topic-phrases.ts'

/** Names that `country-names.ts` lacks, or has among ones too unsure to use. "(s)": with and without. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  Australia: 'New South Wales',
  'Bosnia and Herzegovina': 'Bosnia, Bosniak(s), Bosnian Serb(s), Bosnian Croat(s)',
  'Burkina Faso': 'Burkinabé',
  Canada: 'British Columbia',
  'Cape Verde': 'Cabo Verde, Cape Verdean(s)',
  China: "People's Republic of China",
  Comoros: 'Comorian(s)',
  Croatia: 'Croat(s)',
  // The communities of one island, which are not Türkiye and Greece.
  Cyprus:
    'Northern Cyprus, Turkish Republic of Northern Cyprus, Turkish Cypriot(s), Greek Cypriot(s)',
  Czechia: 'Czech Republic, Czechs',
  Denmark: 'Danes',
  'DR Congo':
    'DRC, D.R. Congo, Democratic Republic of Congo, Democratic Republic of the Congo, Congo-Kinshasa',
  Ecuador: 'Ecuadorian(s)',
  'El Salvador': 'Salvadorean(s), Salvadorian(s)',
  'Equatorial Guinea': 'Equatoguinean(s), Equato-Guinean(s)',
  Eswatini: 'Swaziland',
  Finland: 'Finns',
  Georgia: 'Republic of Georgia',
  'Guinea-Bissau': 'Bissau-Guinean(s)',
  Iceland: 'Icelandic',
  Iraq: 'Iraqi Turkmen(s)',
  'Ivory Coast': "Côte d'Ivoire",
  Jordan: 'Kingdom of Jordan, King of Jordan, Queen of Jordan',
  Kazakhstan: 'Kazakh(s)',
  Kosovo: 'Kosovan(s)',
  Kyrgyzstan: 'Kyrgyz',
  Maldives: 'Maldivian(s)',
  Myanmar: 'Burma',
  Nepal: 'Nepali(s)',
  'New Zealand': 'NZ',
  // The delta and the state lie in Nigeria, and so did the kingdom of the bronzes.
  Nigeria: 'Niger Delta, Niger State, Benin City, Benin Bronze(s)',
  'North Korea': "N. Korea, N. Korean(s), DPRK, Democratic People's Republic of Korea",
  'North Macedonia': 'Macedonia, North Macedonian(s)',
  Philippines: 'Philippine',
  'Republic of the Congo': 'Republic of Congo, Congo-Brazzaville',
  'Saint Kitts and Nevis': 'St Kitts and Nevis',
  'Saint Lucia': 'St Lucia',
  'Saint Vincent and the Grenadines': 'St Vincent and the Grenadines',
  'Saudi Arabia': 'Saudi(s)',
  Serbia: 'Serb(s)',
  Slovenia: 'Slovenian(s)',
  'South Africa': 'S. Africa, S. African(s)',
  'South Korea': 'S. Korea, S. Korean(s), Republic of Korea',
  Spain: 'Spaniard(s)',
  Syria: 'Syrian Turkmen(s)',
  Taiwan: 'Republic of China, China Airlines',
  Tajikistan: 'Tajik(s)',
  'Timor-Leste': 'East Timor',
  'Turks and Caicos Islands': 'Turks and Caicos',
  Türkiye: 'Turkey, Turk(s)',
  'United Arab Emirates': 'UAE, U.A.E.',
  'United Kingdom':
    'UK, U.K., Britain, Great Britain, Briton(s), Brits, England, Scotland, Scottish, Scots, Wales, Welsh, Northern Ireland, N. Ireland, Northern Irish',
  'United States': 'US, U.S., USA, U.S.A., United States of America, America, American Indian(s)',
  'United States Virgin Islands': 'US Virgin Islands, U.S. Virgin Islands',
  Uzbekistan: 'Uzbek(s)',
  'Vatican City': 'Vatican, Holy See',
}

/** Phrases with a country's name in them that speak of something else, one line for each reason. */
const NOT_COUNTRIES = [
  // Seas and lands with several shores: naming one country of them would be a guess.
  'Indian Ocean, Lake Chad, Gulf of Mexico, Gulf of Oman, Gulf of Guinea, Gulf of Thailand',
  'South China Sea, East China Sea, Sea of Japan, Philippine Sea, Irish Sea, Norwegian Sea',
  'Niger River, River Niger, Strait of Gibraltar, New Guinea, Latin America, Latin American(s)',
  'North America, North American(s), South America, South American(s), Central America',
  'Central American(s), Pan-American, Inter-American, Ibero-American, Spanish America',
  'Organization of American States, Central African, West Indian(s)',
  // Places elsewhere that borrowed the name.
  'New Mexico, New England, New Britain, New Ireland, East Palestine, Panama City Beach',
  'Jamaica Bay, Jamaica Plain, Indian Wells, South Georgia, Luxembourg Gardens',
  'Palau Sant, Palau de la, Palau Blaugrana',
  // Companies, clubs, newspapers and broadcasters.
  'TRT Russia, TRT Russian, TRT Spanish, TRT French, TRT German, TRT Türk, TRT Turk',
  'Bank of America, East India Company, South China Morning Post, Fighting Irish, Dutch Bros',
  // Animals, plants, food, clothes, games and illnesses.
  'Guinea pig(s), Guinea fowl, Guinea worm(s), German shepherd(s), Irish setter(s), Afghan hound(s)',
  'Maltese falcon, Brazil nut(s), Swiss cheese, Swiss roll(s), Swiss chard, Swiss Army knife',
  'French fries, French toast, French bulldog(s), French kiss, French horn(s), French window(s)',
  'Danish pastry, Danish pastries, Belgian waffle(s), Greek yogurt, Greek yoghurt, Irish coffee',
  'Japanese knotweed, Japanese encephalitis, German measles, Spanish flu, Hong Kong flu',
  'Chile pepper(s), Green Chile, Dutch oven(s), Double Dutch, Pennsylvania Dutch, Canadian bacon',
  'Panama hat(s), Russian roulette, Mexican wave, Mexican standoff, Chinese whispers',
  'Indian summer, Fine China, Bone China, Brazilian wax, Brazilian butt lift(s)',
  // The bird.
  'Turkey sandwich, Turkey sandwiches, Turkey dinner(s), Turkey breast(s), Turkey meat, Turkey trot',
  'Turkey recipe(s), Turkey burger(s), Turkey farm(s), Turkey farmer(s), Turkey leftovers, Turkey Day',
  'Roast Turkey, Thanksgiving Turkey(s), Christmas Turkey(s), Cold Turkey, Wild Turkey(s)',
  // "Polish" as a verb, which begins with a capital only at the start or in a headline; varnish.
  'Polish your, Polish my, Polish his, Polish her, Polish their, Polish our, Polish the, Polish a',
  'Polish up, Polish off, Polish it, Polish that, Polish this, Nail Polish, Shoe Polish',
  // Houses of the four Georges.
  'Georgian house(s), Georgian architecture, Georgian mansion(s), Georgian era, Georgian Bay',
  // People, and heroes, whose first or last name is a country's.
  'Cuba Gooding, Israel Adesanya, Israel Folau, Israel Keyes, Jamaica Kincaid, Kenya Barris',
  'Kenya Moore, India Arie, India Hicks, Ireland Baldwin, America Ferrera, Captain America',
]

/** Last names that are country words; read over after one of the first names. */
const LAST_NAMES = 'Ireland Israel England Wales Scotland Cuban French German Irish Poland France'
const FIRST_NAMES =
  'Alan Andrew Anna Ben Brian Chris Colin Daniel Dave David Dawn Edward Emma George Helen Jack Jacob James Jane Jason Jeff Jill Jim Jimmy Joe John Jonathan Julie Karen Kathy Kevin Lisa Luke Lynndie Mark Mary Matt Michael Mike Nick Patricia Paul Peter Philip Richard Robert Ryan Sam Sarah Scott Simon Stephen Steve Steven Susan Thomas Tim Tom William Mr Mrs Ms Dr Baroness'

/** "Spanish lessons": after these, an adjective is a language, spoken in many countries. */
export const LANGUAGE_NOUNS = wordSet(
  'language speaking speaker speakers lesson lessons translation translations subtitles',
)

/** Words that make Chad and Jordan countries when they stand before or after them. */
export const PLACE_BEFORE = wordSet(
  'in into inside from to across throughout near outside within via neighbouring neighboring northern southern eastern western central visit visits visiting visited enter enters entering',
)
export const STATE_AFTER = wordSet(
  'says say condemns condemned urges urged warns warned rejects rejected accuses accused denies denied calls seeks signs signed hosts hosted bans banned closes closed reopens expels expelled recalls recalled summons summoned intercepts intercepted airdrops arrests elects votes backs suspends deploys receives agrees announces approves faces face thwarts foils executes qualifies king queen prince president prime foreign interior government army military parliament police border airspace court capital monday tuesday wednesday thursday friday saturday sunday',
)
/** "Petra, Jordan". */
export const CITIES = wordSet('Amman Aqaba Irbid Petra Zarqa Abeche Djamena Ndjamena')
/** Words that begin a sentence and are no first names: "When Jordan says…". */
export const OPENERS = wordSet(
  'why how what when where as after and but if while since because will does',
)

/** Words that make Georgia the country, and those that make it the state in the US. */
export const CAUCASUS = wordSet(
  'Tbilisi Batumi Abkhazia Ossetia Caucasus Kobakhidze Kavelashvili Zourabichvili Saakashvili Ivanishvili Russia Russian Moscow Armenia Azerbaijan Türkiye Turkey Ankara Baku Yerevan Moldova Ukraine EU parliament prime',
)
export const STATE_IN_US = wordSet(
  'Atlanta Savannah Augusta Fulton Macon Alabama Florida Carolina Tennessee Kemp Raffensperger Ossoff Warnock Trump Biden Harris governor Governor senator Senator Senate sheriff Sheriff Republican Republicans Democrat Democrats GOP county County',
)

/** Every phrase about countries. */
export function countryIndex(): Index {
  const index: Index = new Map()
  for (const name of namesIn(NOT_COUNTRIES.join(', '))) {
    const [first = '', ...rest] = split(name)
    add(index, { words: [first, ...rest.map(inSmall)], ignoresCase: true })
  }
  for (const first of FIRST_NAMES.split(' ')) {
    for (const last of LAST_NAMES.split(' ')) add(index, { words: [first, last] })
  }
  for (const [tag, names] of Object.entries(OTHER_NAMES)) {
    for (const name of namesIn(names)) addCountry(index, name, { tag })
  }
  const demonyms = Object.values(countryNames).flatMap(demonymsIn)
  for (const [tag, people] of Object.entries(countryNames)) {
    addCountry(index, tag, { tag })
    for (const demonym of demonymsIn(people)) {
      // "Congolese" and "Dominican" belong to two countries, so they name neither.
      if (demonyms.filter((other) => other === demonym).length > 1) continue
      addCountry(index, demonym, { tag, isDemonym: true })
      addCountry(index, `${demonym}s`, { tag, isDemonym: true })
    }
  }
  for (const phrases of index.values()) phrases.sort((a, b) => b.words.length - a.words.length)
  return index
}

const demonymsIn = (people: string): string[] => people.split(/, | or /u)

/** Adds a name, and its spelling without accents: "Türkiye" and "Turkiye". */
function addCountry(index: Index, name: string, phrase: Omit<Phrase, 'words'>): void {
  const plain = name.normalize('NFD').replace(/\p{Mn}/gu, '')
  for (const spelling of new Set([name, plain])) add(index, { ...phrase, words: split(spelling) })
}

/** The names in a list of them: "Turkey, Turk(s)" holds three. */
function namesIn(list: string): string[] {
  const names = list.split(', ')
  return names.flatMap((n) => (n.endsWith('(s)') ? [n.slice(0, -3), `${n.slice(0, -3)}s`] : [n]))
}
