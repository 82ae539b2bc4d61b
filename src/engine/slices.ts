/** Long work in slices, so that progress is told, budgets are looked at and an interrupt is heard. */
import type { Interruption } from './search-options.ts'

export const SLICE_MS = 40

/**
 * Runs `slice` until it says why to stop, or the signal does.
 * @param told called after every slice
 */
export async function inSlices<Reason>(
  slice: () => Reason | undefined,
  { signal, told }: { readonly signal?: Interruption | undefined; readonly told?: () => void },
): Promise<Reason | 'interrupted'> {
  for (;;) {
    const reason = slice()
    told?.()
    if (reason !== undefined) return reason
    if (signal?.aborted) return 'interrupted'
    await new Promise((resume) => setImmediate(resume))
  }
}
