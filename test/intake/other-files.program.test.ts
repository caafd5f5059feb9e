import { describe, expect, it } from 'vitest'
import { openDesk } from '../support/desk.ts'

const byKey = (title: string) => `---
title: ${title}
date: 2024-05-01
author: jo
---
Text of ${title}.
`

const authors = (name: string) => `jo:\n  name: ${name}\n`

describe('an author whom an article names by a key', () => {
  it('is no part of what an article is known by when its file is moved', async () => {
    const desk = await openDesk({
      '_data/authors.yml': authors('Jo Lind'),
      'a.md': byKey('A'),
    })
    const [before] = await desk.articles()
    desk.write('_data/authors.yml', authors('Jo Lindgren'))
    desk.move('a.md', 'moved/a.md')
    await desk.refresh()
    const after = await desk.articles()
    expect(after.map(({ id, authors: [author] }) => [id, author?.name])).toEqual([
      [before?.id, 'Jo Lindgren'],
    ])
  })
})
