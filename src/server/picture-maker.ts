/** A process that makes one picture at a time, and ends when it has not been asked for a while. */
import { type ChildProcess, fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PictureAnswer, PictureJob } from './picture-worker.ts'

/** A picture that takes longer is sent as it is. Milliseconds. */
const mostMs = 30_000
/** The next page may ask for more; a process that does nothing has 60 MB. Milliseconds. */
const idleMs = 20_000

const worker = fileURLToPath(
  new URL(`./picture-worker${extname(import.meta.url)}`, import.meta.url),
)
/** They keep its memory low. */
const execArgv = ['--max-semi-space-size=2', '--v8-pool-size=1']

export class PictureMaker {
  #child: ChildProcess | undefined
  #idle: NodeJS.Timeout | undefined

  /** @returns also what went wrong; one at a time may be asked for */
  async make(job: PictureJob): Promise<PictureAnswer> {
    clearTimeout(this.#idle)
    const child = this.#child ?? this.#start()
    const answer = await ask(child, job)
    this.#idle = setTimeout(() => this.close(), idleMs).unref()
    return answer
  }

  close(): void {
    clearTimeout(this.#idle)
    if (this.#child?.connected) this.#child.disconnect()
    this.#child = undefined
  }

  #start(): ChildProcess {
    const child = fork(worker, { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const forget = () => {
      if (this.#child === child) this.#child = undefined
    }
    // It may not start: whoever asks is told.
    child.on('error', forget).on('exit', forget)
    // A program that is done need not wait for it.
    child.unref()
    child.channel?.unref()
    this.#child = child
    return child
  }
}

function ask(child: ChildProcess, job: PictureJob): Promise<PictureAnswer> {
  const { promise, resolve } = Promise.withResolvers<PictureAnswer>()
  const onError = ({ message }: Error) => resolve({ fault: message })
  const onExit = () => resolve({ fault: 'the process that makes it has ended' })
  const end = setTimeout(() => child.kill('SIGKILL'), mostMs).unref()
  child.once('message', resolve).once('error', onError).once('exit', onExit)
  child.send(job, (error) => error && onError(error))
  return promise.finally(() => {
    clearTimeout(end)
    child.off('message', resolve).off('error', onError).off('exit', onExit)
  })
}
