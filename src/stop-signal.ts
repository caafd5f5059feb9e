/** However stuck something is, the process has ended by then. */
const longestStopMs = 9500

/** Aborted when we are told to stop: everything is closed in good order then, and the process ends with 0. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  function stop(): void {
    // What hangs in the system holds up an orderly exit as well.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), longestStopMs).unref()
    controller.abort()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
  // Whoever has no terminal does not end with one: nohup, and services that are told to reload.
  process.on('SIGHUP', () => {
    if (process.stdin.isTTY || process.stdout.isTTY) stop()
  })
  return controller.signal
}
