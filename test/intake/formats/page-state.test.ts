/** Pages that somebody saved while their site showed them to editors alone. */
import { expect, test } from 'vitest'
import { readFile } from '../../support/read.ts'

const text =
  '<p>The ferry of Lake Moro has carried people and goats on one deck for forty years.</p>'
const page = ({ title = 'Lake ferry', around = '', beside = '', head = '' }) =>
  `<!doctype html><html lang="en"><head><title>${title}</title><meta property="article:published_time" content="2026-04-13T09:30:00Z">${head}</head>` +
  `<body class="single"><main><article class="${around}"><h1>${title}</h1>${text}${text}</article></main>` +
  `<aside><article class="${beside}"><h2>Another one</h2><p>It waits.</p></article></aside></body></html>`
const jsonLd = (status: string) =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Lake ferry', creativeWorkStatus: status })}</script>`

test.each([
  [{ around: 'post type-post status-draft hentry' }, 'status-draft'],
  [{ around: 'status-private', title: 'Private: Lake ferry' }, 'status-private'],
  [{ around: 'post status-pending' }, 'status-pending'],
  [{ around: 'post status-publish post-password-required' }, 'post-password-required'],
  [{ around: 'node node--unpublished' }, 'node--unpublished'],
  [{ head: jsonLd('Draft') }, 'Draft'],
  [{ head: jsonLd('Incomplete') }, 'Incomplete'],
])('is a draft, and a note says why: %j', async (parts, said) => {
  expect(await readFile('a.html', page(parts))).toMatchObject({
    kind: 'draft',
    notes: [{ text: expect.stringContaining(`"${said}"`) }],
  })
})

test.each([
  { around: 'post type-post status-publish hentry' },
  { beside: 'post status-draft' },
  { beside: 'node--unpublished' },
  { title: 'Private: a film about the ferry' },
  { title: 'Protected: the last herons of Lake Moro' },
  { around: 'tag-draft category-unpublished-letters' },
  { head: jsonLd('Published') },
])('is out: %j', async (parts) => {
  expect(await readFile('a.html', page(parts))).toMatchObject({ kind: 'article' })
})
