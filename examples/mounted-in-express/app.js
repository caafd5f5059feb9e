import express from 'express'
import { createNewsstand } from 'newsstand'

const port = process.env.PORT ?? '8080'
const news = await createNewsstand({
  articlesDir: './posts',
  dataDir: './data',
  baseUrl: `http://localhost:${port}/news`,
  siteTitle: 'Harbour News',
  publisherUrl: `http://localhost:${port}/`,
  logger: console,
})

const app = express()
app.get('/', (_request, response) => response.send('<a href="/news/">News</a>'))
app.use('/news', news.router)
const server = app.listen(port, () => console.log(`http://localhost:${port}/`))

/** Signals are the app's, so it is the app that closes what it has opened. */
process.once('SIGTERM', () => {
  server.close()
  server.closeIdleConnections()
  void news.close()
})
