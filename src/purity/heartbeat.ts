/**
 * The heartbeat: whenever a piece of the protocol's code begins to run and when it has ended, somebody is told who may be
 * watching from another thread. It is all that can be known of code that does not return.
 */
export interface Beat {
  /** @param what in words, to go on after a subject: `the body of inc` */
  begin(what: string): void
  end(): void
}

let beat: Beat = { begin: () => {}, end: () => {} }

/** Of this thread. */
export function beatOn(watched: Beat): void {
  beat = watched
}

/** Runs a piece of the protocol's code. Runs nest: the outermost is told. */
export function beating<T>(what: string, run: () => T): T {
  beat.begin(what)
  try {
    return run()
  } finally {
    beat.end()
  }
}

/** As `beating`, for what takes its turns. */
export async function beatingUntilDone<T>(what: string, run: () => Promise<T>): Promise<T> {
  beat.begin(what)
  try {
    return await run()
  } finally {
    beat.end()
  }
}
