import express, { type Express } from 'express'
import type { Problem } from './health.ts'
import { createMetrics, type Measured } from './metrics.ts'

/** For those who run the server, on a listener of its own: `/metrics` and `/status`. */
export function createAdmin(
  parts: Measured & { readonly problem: Problem; readonly next: () => Date | null },
): Express {
  const { catalogue, traffic, history, problem, next } = parts
  const metrics = createMetrics(parts)
  const started = new Date()
  const admin = express()
  admin.disable('x-powered-by')

  admin.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics())
  })

  admin.get('/status', async (_request, response) => {
    const { articles, rejections } = await catalogue.counts(Date.now())
    const { last, kept, failed } = history
    response.json({
      problem: (await problem()) ?? null,
      started,
      articles,
      rejections,
      refreshes: { kept, failed, last: last ?? null, next: next() },
      traffic: [...traffic.all()].map(({ answers, ...tally }) => ({
        ...tally,
        answers: Object.fromEntries(answers),
      })),
      memory: process.memoryUsage().rss,
    })
  })
  return admin
}
