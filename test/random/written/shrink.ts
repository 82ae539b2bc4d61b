/** Makes a list of drawn numbers shorter and smaller as long as what is made of it still fails. */

/** @param fails whether what is drawn by a list still fails; asked at most `patience` times */
export async function shrunken(
  list: readonly number[],
  fails: (list: readonly number[]) => Promise<boolean>,
  patience: number,
): Promise<readonly number[]> {
  let best = list
  let left = patience
  const isBetter = async (other: readonly number[]): Promise<boolean> => {
    if (left-- <= 0 || !(await fails(other))) return false
    best = other
    return true
  }
  for (let before: readonly number[] = []; before !== best && left > 0; ) {
    before = best
    for (let size = Math.max(1, best.length >> 1); size >= 1 && left > 0; size >>= 1) {
      for (let at = best.length - size; at >= 0 && left > 0; at -= size) {
        if (await isBetter([...best.slice(0, at), ...best.slice(at + size)])) continue
        const part = best.slice(at, at + size)
        if (part.some((drawn) => drawn > 0)) {
          await isBetter([...best.slice(0, at), ...part.map(() => 0), ...best.slice(at + size)])
        }
      }
    }
    for (let at = 0; at < best.length && left > 0; at++) {
      for (const smaller of [() => 1, (drawn: number) => drawn >> 1, (drawn: number) => drawn - 1]) {
        for (let isSmaller = true; isSmaller; ) {
          const drawn = smaller(best[at]!)
          isSmaller = drawn < best[at]! && (await isBetter([...best.slice(0, at), drawn, ...best.slice(at + 1)]))
        }
      }
    }
  }
  return best
}
