/** Bylines as agencies write them, and which size of a picture of NITF is taken. */
import { expect, test } from 'vitest'
import { namesInByline } from '../../../src/intake/formats/wire/wire-names.ts'
import { articleIn, readFile } from '../../support/read.ts'

test.each([
  ['By Jo Lind in Orrin', ['Jo Lind']],
  ['By Jo Lind and Mia Olsen in Rota', ['Jo Lind', 'Mia Olsen']],
  ['Jo Lind in Orrin and Rota', ['Jo Lind']],
  ['By Jo Lind; Editing by Mia Olsen', ['Jo Lind']],
  ['Reporting by Jo Lind; Editing by Mia Olsen', ['Jo Lind']],
  ['Reporting by Jo Lind and Ada Berg. Writing by Mia Olsen', ['Jo Lind', 'Ada Berg', 'Mia Olsen']],
  ['Editing by Mia Olsen', []],
  ['Additional reporting by Ada Berg', ['Ada Berg']],
  ['Jo Lind in Orrin, photographs by Mia Olsen', ['Jo Lind']],
  ['Jo Lind (QNA)', ['Jo Lind']],
  ['By Jo Lind Associated Press Writer', ['Jo Lind']],
  ['By Jo Lind QNA Political Correspondent', ['Jo Lind']],
  ['By JO LIND, Associated Press', ['JO LIND']],
  ['Jo Lind, Orrin', ['Jo Lind']],
  ['By Jo Lind, Political Editor, Orrin', ['Jo Lind']],
  ['Jo Lind and Ada', ['Jo Lind', 'Ada']],
  ['Ada, Mia and Jo', ['Ada', 'Mia', 'Jo']],
  ['QNA', ['QNA']],
])('names those who have written: %s', (byline, names) => {
  expect(namesInByline(byline, 'en', [])).toEqual(names)
})

test('takes the larger picture of several references', async () => {
  const reference = (name: string, width: number) =>
    `<media-reference mime-type="image/jpeg" source="https://img.example/${name}.jpg" width="${width}"/>`
  const nitf = `<nitf><head><docdata><doc-id id-string="a"/><date.issue norm="20260413T093000Z"/></docdata></head><body>
    <body.head><hedline><hl1>The crane</hl1></hedline></body.head><body.content><p>It is red.</p><media media-type="image">
    ${reference('s', 200)}${reference('l', 1200)}${reference('print', 5000)}</media></body.content></body></nitf>`
  const article = articleIn(await readFile('a.xml', Buffer.from(nitf)))
  expect(article.image?.url).toBe('https://img.example/l.jpg')
})
