/** Stories that are about embargoes, or quote one, and are out, in every format. */
import { describe, expect, test } from 'vitest'
import { articleIn, readFile } from '../../support/read.ts'
import { paragraph, style, wordFile } from '../../support/word.ts'

const story =
  'The ferry of Lake Moro has carried people and goats on one deck for forty years, and the council of the town has now paid for a second one.'

const files = (
  title: string,
  dek: string,
  text: string,
): readonly (readonly [string, string | Buffer])[] => [
  ['2026-04-13-a.txt', `${title}\n\n${dek}\n\n${text}\n\n${story}\n`],
  ['a.md', `---\ndate: 2026-04-13\n---\n# ${title}\n\n${dek}\n\n${text}\n\n${story}\n`],
  [
    'a.html',
    `<!doctype html><html lang="en"><head><title>${title}</title><meta property="article:published_time" content="2026-04-13T09:30:00Z"></head><body><article><h1>${title}</h1><p>${dek}</p><p>${text}</p><p>${story}</p></article></body></html>`,
  ],
  [
    'a.json',
    JSON.stringify({
      uri: 'urn:newsml:moro.example:7',
      versionCreated: '2026-04-13T09:30:00Z',
      headlines: [{ value: title }],
      bodies: [{ contentType: 'text/html', value: `<p>${dek}</p><p>${text}</p><p>${story}</p>` }],
    }),
  ],
  [
    'a.docx',
    wordFile({
      body: [paragraph(title, 'a1'), ...[dek, text, story].map((words) => paragraph(words))].join(
        '',
      ),
      styles: style('a1', 'heading 1'),
    }),
  ],
]

describe('a story that is about an embargo', () => {
  test.each([
    [
      'Arms embargo stays until 2031',
      'UN prolongs it by a year',
      'The arms embargo on Moro holds until 31 May 2031, the council decided on Monday.',
    ],
    [
      'Report leaks a day early',
      'A ministry looks for the source',
      'The report is embargoed until Thursday 3 December 2031, the station said, but a newspaper printed it.',
    ],
    [
      'Critics loved it',
      'Film review embargo lifted',
      'The embargo on reviews of the film was lifted on Monday, and critics praised its goats.',
    ],
    [
      'Reviews: what to expect',
      'Studio keeps critics silent',
      'Reviews of the film are embargoed until 3 December 2031, three days before it opens in the town.',
    ],
    [
      'Oil embargo ends',
      'Tankers wait off the coast',
      'The embargo on oil from the lake ends on 3 December 2031. Tankers wait off the coast for it.',
    ],
    [
      'Ferry under embargo',
      'Owner may not sail it',
      'The ship is under embargo until 4 May 2031, a court ruled, since its owner owes the yard money.',
    ],
    [
      'Embargo: how the trade in goats came to a halt',
      'A look back',
      'In 1931 nobody was to sell a goat across the lake, and the embargo lasted for eleven years.',
    ],
    [
      'Phone maker breaks its own embargo',
      'Pictures shown too soon',
      'This phone was embargoed until Tuesday, but the shop of the maker showed pictures of it on Sunday.',
    ],
    [
      'Suspect not to be released',
      'Not to be released before 3 December, court says',
      'The man is not to be released before 3 December 2031, a court in the town ruled on Friday.',
    ],
    [
      'Album is out in winter',
      'The band tours first',
      'The album is planned for release on 3 December 2031, and the band will tour the lake before that.',
    ],
    [
      'Goat film review',
      'Release date: 3 December 2031',
      'The film about a goat and its ferry is as slow as the ferry, and as stubborn as the goat is.',
    ],
    [
      'Grain exports held',
      'Hold until the harvest, say farmers',
      'Farmers want to hold their grain until the harvest of the neighbours is known, their union said.',
    ],
    [
      'Advance for women in the council',
      'Four of nine seats',
      'It is an advance for women: four of the nine seats of the council of the town are theirs now.',
    ],
    [
      'Papers stay confidential until 2051',
      'Archive explains',
      'The papers are confidential until 3 December 2051, the archive of the town told the newspaper.',
    ],
    [
      'What journalists mean by an embargo',
      'A guide for readers',
      'A text may begin with the words “Embargoed until 9 May 2031”. Newspapers then wait until that day.',
    ],
    [
      'Central Time, a novel',
      'By 9 a.m. all is over',
      'At 9 a.m. Central Time on 3 December 2031 the novel ends, and nobody in it knows what time it is.',
    ],
    [
      'New York time ball falls again',
      'A custom is back',
      'The time ball in the harbour falls at noon New York time, as it did before the war of the ferries.',
    ],
    [
      'Embargo: a play about goats',
      'It is on all winter',
      'The play has no more than two persons and a goat, and the goat has all of the good lines of it.',
    ],
    [
      'Cuba: embargo until 4 May 2031',
      'Parliament votes',
      'Parliament voted for an embargo on goats until 4 May 2031, with nine votes to four and one absent.',
    ],
    [
      'Embargo lifted: tankers sail',
      'The first is at sea',
      'The first tanker sailed an hour after the embargo was lifted, with goats and a ferry on its deck.',
    ],
    [
      'Bank results leak',
      'Text was sent too soon',
      'The bank had sent its text under embargo until 7 a.m. on 3 December 2031, and an agency ran it.',
    ],
    [
      'Not for publication, and other orders',
      'A memoir of a newsroom',
      'The memoir of the editor has the words that stood above each text that he was not to print then.',
    ],
    [
      'Sperrfrist: ein Wort der Redaktionen',
      'Was es bedeutet',
      'Eine Sperrfrist bis zum 3. Dezember 2031 stand über dem Text, den das Amt versehentlich verschickte.',
    ],
    [
      'Killed: the last goat of the pass',
      'Herder mourns',
      'The last goat of the pass was killed on Monday; the herder had held it back from the market for years.',
    ],
    [
      'Museum keeps letters closed',
      'Withheld until 3 December 2051',
      'The letters are withheld until 3 December 2051, as the poet had asked the museum to do with them.',
    ],
  ])('is out: %s', async (title, dek, text) => {
    for (const [name, written] of files(title, dek, text)) {
      const outcome = await readFile(name, written)
      expect(outcome.kind, name).toBe('article')
      const { published = '' } = articleIn(outcome)
      expect(published < '2027', `${name}: ${published}`).toBe(true)
    }
  })
})
