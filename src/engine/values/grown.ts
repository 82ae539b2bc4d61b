/** The one way in which the engine's own arrays grow; those that may become very large grow in place (store/reserve.ts). */

type Numbers = Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

/** A longer array that begins with what this one holds, and goes on with `filler`. */
export function grown<Own extends Numbers>(array: Own, length: number, filler = 0): Own {
  const longer = new (array.constructor as new (length: number) => Own)(length)
  longer.set(array)
  if (filler !== 0) longer.fill(filler, array.length)
  return longer
}
