/** Words of 32 bits. */

/** How many bits are set. */
export function populationOf(bits: number): number {
  const twos = bits - ((bits >>> 1) & 0x55555555)
  const fours = (twos & 0x33333333) + ((twos >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The place of the lowest bit that is set. */
export const lowestPlace = (bits: number): number => 31 - Math.clz32(bits & -bits)
