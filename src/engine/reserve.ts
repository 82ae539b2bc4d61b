/**
 * Arrays that can be lengthened where they stand. Each has addresses for all that it may come to hold, and memory for what
 * it holds now: so nothing is moved as it grows, and the system is asked for no more than is used. (To ask for all of it
 * at once is no way out. The system gives memory out page by page, but a process that has been promised more than the
 * machine has can start no other, under Linux' default rules.)
 *
 * The memory is shared, for workers' sake, who each lengthen their own view of it.
 */

/** The longest array that can be lengthened where it stands, in integers: V8 in Node 20 has no larger buffers that grow. */
const MOST = 2 ** 30

/** An array of zeros. @throws RangeError where there is no memory */
export function reserve(length: number): Int32Array<SharedArrayBuffer> {
  for (let most = MOST; ; most /= 2) {
    try {
      return viewOf(new SharedArrayBuffer(4 * length, { maxByteLength: 4 * most }), length)
    } catch (thrown) {
      if (most / 2 < length) throw thrown // there are fewer addresses than that: under `ulimit -v`, say
    }
  }
}

/**
 * The same array with more room, for `bytesToLengthen` more. The array given is not to be used any more.
 * @throws RangeError where there is no memory
 */
export function lengthened(array: Int32Array<SharedArrayBuffer>): Int32Array<SharedArrayBuffer> {
  const { buffer } = array
  const length = lengthAfter(array)
  if (4 * length <= buffer.maxByteLength) {
    buffer.grow(4 * length)
    return viewOf(buffer, length)
  }
  const longer = new Int32Array(new SharedArrayBuffer(4 * length))
  longer.set(array)
  return longer
}

export const bytesToLengthen = (array: Int32Array<SharedArrayBuffer>): number => 4 * (lengthAfter(array) - array.length)

/** By an eighth, up to 2^30 integers; longer arrays are moved, to twice as many. */
function lengthAfter({ length, buffer }: Int32Array<SharedArrayBuffer>): number {
  const most = buffer.maxByteLength / 4
  if (length >= most) return 2 * length
  return Math.min(length + Math.max(FIRST_ROOM, length / 8), most)
}

/** Of a fixed length: V8 is slow with arrays that follow their buffer's. */
export function viewOf(buffer: SharedArrayBuffer, length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(buffer, 0, length)
}

/** The room that an array by state begins with, in integers: for half a million pairs. */
export const FIRST_ROOM = 2 ** 20
