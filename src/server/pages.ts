import { Router } from 'express'
import type { Article } from '../article.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { contentHtml } from '../channels/item.ts'
import type { Config } from '../config.ts'
import { escapeAttribute, escapeText } from '../text.ts'
import { sendError } from './errors.ts'

/** The page of an article, where feeds link to when the original's address is not known. */
export function pageRoutes(catalogue: Catalogue, config: Config): Router {
  const router = Router()
  router.get('/articles/:slug', async (request, response, next) => {
    const article = await catalogue.article(request.params.slug, Date.now())
    if (article === 'gone') sendError(request, response, 410, 'This article was removed.')
    else if (article) response.type('html').send(articlePage(article, config))
    else next()
  })
  return router
}

function articlePage(article: Article, config: Config): string {
  const { title, summary, language, authors, published } = article
  const day = new Intl.DateTimeFormat([language, 'en'], {
    dateStyle: 'long',
    timeZone: config.timeZone,
  })
  const byline = [...authors.map(({ name }) => name), day.format(new Date(published))].join(' · ')
  const dir = new Intl.Locale(language).getTextInfo().direction
  return `<!doctype html>
<html lang="${escapeAttribute(language)}" dir="${dir}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="/favicon.svg">
<article>
<h1>${escapeText(title)}</h1>
${summary ? `<p class="dek">${escapeText(summary)}</p>` : ''}
<p class="byline">${escapeText(byline)}</p>
${contentHtml(article, config)}
</article>
</html>
`
}
