/** Text in the layout of a TRT World page; a part that is '' is left out. */
export function page(parts: Partial<typeof plain> = {}): string {
  const { section, title, dek, caption, author, date, body, source } = { ...plain, ...parts }
  return [section, '3 MIN READ', title, dek, title, caption, author && `By ${author}`, date]
    .filter((line) => line !== '')
    .concat('', body, '', source && `SOURCE:${source}`, 'Explore', 'Another story')
    .join('\n')
}

const plain = {
  section: 'WORLD',
  title: 'Ferries return to the old harbour',
  dek: 'After nine years the first boat calls again.',
  caption: 'A harbour at dusk. / AFP',
  author: 'Mira Onal',
  date: 'March 4, 2024',
  body: 'The first ferry in nine years tied up at noon.\n\nA band played on the quay.',
  source: 'TRTWorld and agencies',
}

/** Files of so many pages: `Story 0` and those after it. */
export const stories = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `world/${n}.txt`,
      page({ title: `Story ${n}`, body: `Text of story ${n}.` }),
    ]),
  )
