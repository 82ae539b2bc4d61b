/**
 * The hash of a pair of ids, as the store's tables use it: multiply and mix. Both halves reach the high bits, which choose
 * the home, and the low ones, which may serve as a tag. test/engine/store/pair-hash.test.ts measures the probes it leads to.
 */
export function hashOfPair(left: number, right: number): number {
  let h = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca77)
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae3d)
  return h ^ (h >>> 13)
}
