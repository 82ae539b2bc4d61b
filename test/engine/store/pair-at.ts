/** Pairs that collide in every way: few lefts and many rights, many lefts and few rights, large ones, repeats. */
export function pairAt(i: number): readonly [number, number] {
  const j = Math.imul(i, 0x9e3779b1) >>> 0
  if (i % 4 === 0) return [j % 7, j % 400_000]
  if (i % 4 === 1) return [j % 400_000, j % 5]
  if (i % 4 === 2) return [2_000_000 - (j % 1000), 0x1fffffff - (j % 777)]
  return [j % 1500, (j >>> 12) % 1500]
}
