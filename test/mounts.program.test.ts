/** The servers that docs/api.md names, each as its users have it. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import fastifyExpress from '@fastify/express'
import express from 'express'
import Fastify from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createNewsstand, type Newsstand } from '../src/index.ts'
import { closeServer } from '../src/server/listener.ts'
import { temporaryFolder } from './support/folder.ts'
import { followAll } from './support/follow.ts'
import { ask } from './support/http.ts'
import { page } from './support/page.ts'
import { freePort } from './support/program.ts'

/** Of its types there are those of version 5 only, and it is used alike. */
const express4: typeof express = createRequire(import.meta.url)('express4')

async function closing(server: Server): Promise<void> {
  await once(server, 'listening')
  onTestFinished(() => closeServer(server))
}

/** Starts each at this port, with the newsstand mounted at a path, and something of its own below /news. */
const servers: Record<string, (news: Newsstand, port: number, path: string) => Promise<void>> = {
  async 'Express 4'(news, port, path) {
    const app = express4().use(path, news.router)
    app.get('/news/own', (request, response) => void response.send(`own ${request.url}`))
    await closing(app.listen(port, '127.0.0.1'))
  },
  async 'Express 5'(news, port, path) {
    const app = express().use(path, news.router)
    app.get('/news/own', (request, response) => void response.send(`own ${request.url}`))
    await closing(app.listen(port, '127.0.0.1'))
  },
  async Fastify(news, port, path) {
    const fastify = Fastify()
    await fastify.register(fastifyExpress)
    fastify.use(path, news.router)
    fastify.get('/news/own', async (request) => `own ${request.url}`)
    await fastify.listen({ port, host: '127.0.0.1' })
    onTestFinished(() => fastify.close())
  },
  async 'node:http'(news, port, path) {
    const own = '/news/own'
    const server = createServer((request, response) => {
      const { url = '' } = request
      // As a proxy in front may do.
      if (path !== '/') request.url = url.slice(path.length)
      news.router(request, response, () => response.end(url === own ? `own ${own}` : undefined))
    })
    await closing(server.listen(port, '127.0.0.1'))
  },
}

describe.each(Object.keys(servers))('in %s a newsstand', (name) => {
  it.each([
    ['that is mounted at its path', '/news'],
    ['to which addresses come whole', '/'],
  ])('%s answers below it', async (_, path) => {
    const port = await freePort()
    const baseUrl = `http://127.0.0.1:${port}/news`
    const articlesDir = temporaryFolder({ 'a.txt': page({ title: 'Über die Fähre' }) })
    const news = await createNewsstand({ articlesDir, dataDir: temporaryFolder(), baseUrl })
    onTestFinished(() => news.close())
    await servers[name]?.(news, port, path)
    expect(await followAll(baseUrl)).toBeGreaterThan(15)
    expect((await ask(`${baseUrl}/own`)).body.toString()).toBe('own /news/own')
    const found = await ask(`${baseUrl}/search/rss.xml?q=f%C3%A4hre`)
    expect(found.headers.link).toContain('q=f%C3%A4hre')
    expect(found.body.toString()).toContain('Über die Fähre')
    const { headers } = await ask(`${baseUrl}/rss.xml`)
    const again = await ask(`${baseUrl}/rss.xml`, { 'If-None-Match': headers.etag ?? '' })
    expect([again.status, again.body.length]).toEqual([304, 0])
    expect((await ask(`${baseUrl}/search/rss.xml?q=${'x'.repeat(500)}`)).status).toBe(400)
  })
})
