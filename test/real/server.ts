/** Real servers on the loopback, started for a test and stopped after it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where a program is; undefined where it is not installed. */
export function programNamed(name: string, folders: readonly string[] = []): string | undefined {
  const paths = [...(process.env.PATH ?? '').split(':'), ...folders]
  return paths.map((folder) => `${folder}/${name}`).find((file) => existsSync(file))
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** As whom it runs; absent: as who runs the test. */
export interface User {
  readonly uid?: number
  readonly gid?: number
}

export interface Running {
  readonly child: ChildProcess
  stop(): Promise<void>
}

export function running(program: string, args: readonly string[], cwd: string, user: User = {}): Running {
  const child = spawn(program, args, { cwd, stdio: 'ignore', ...user })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    child,
    stop: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Tries until it does not throw. */
export async function eventually<T>(what: () => Promise<T>, timeoutMs = 30_000): Promise<T> {
  const until = performance.now() + timeoutMs
  for (;;) {
    try {
      return await what()
    } catch (error) {
      if (performance.now() > until) throw error
      await sleep(50)
    }
  }
}
