/**
 * Arrays that can be lengthened where they stand. Each has addresses for all that it may come to hold, and memory for what
 * it holds now: so nothing is moved as it grows, and the system is asked for no more than is used. (To ask for all of it
 * at once is no way out. The system gives memory out page by page, but a process that has been promised more than the
 * machine has can start no other, under Linux' default rules.)
 *
 * The memory is shared, for workers' sake, who each lengthen their own view of it.
 */

/** The longest array that can be lengthened where it stands, in integers: V8 in Node 20 has no larger buffers that grow. */
export const MOST = 2 ** 30

/** Arrays of so many integers are moved as they grow: there may be thousands of them. */
const SHORT = 2 ** 18

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
 * The same array with more room. A short one is moved; a longer one grows in place, as far as it has addresses. The array
 * given is not to be used any more. @throws RangeError where there is no memory
 */
export function lengthened(array: Int32Array, length = lengthAfter(array)): Int32Array {
  const { buffer } = array
  if (4 * length <= addressesOf(buffer)) {
    ;(buffer as SharedArrayBuffer).grow(4 * length)
    return viewOf(buffer as SharedArrayBuffer, length)
  }
  const longer = arrayOf(length)
  longer.set(array)
  return longer
}

/** The same array, or a copy, in memory that others can see and lengthen. @throws RangeError where there is no memory */
export function shareable(array: Int32Array): SharedArrayBuffer {
  if (array.buffer instanceof SharedArrayBuffer) return array.buffer
  const shared = reserve(array.length)
  shared.set(array)
  return shared.buffer
}

/** What it takes to lengthen an array as far as is usual. */
export const bytesToLengthen = (array: Int32Array): number => 4 * (lengthAfter(array) - array.length)

/**
 * Where an array can grow in place, by an eighth or more; else to twice the length. It grows by whole pieces, so that no
 * entry of several integers stands at its end in part: what is written beyond an array is lost without a word.
 */
export function lengthAfter({ length, buffer }: Int32Array): number {
  const most = addressesOf(buffer) / 4
  return length >= most ? 2 * length : Math.min(length + SHORT * Math.ceil(length / (8 * SHORT)), most)
}

const addressesOf = (buffer: ArrayBufferLike): number =>
  buffer instanceof SharedArrayBuffer ? buffer.maxByteLength : buffer.byteLength

function arrayOf(length: number): Int32Array {
  if (length < SHORT) return new Int32Array(length)
  return length <= MOST ? reserve(length) : new Int32Array(new SharedArrayBuffer(4 * length))
}

/** Of a fixed length: V8 is slow with arrays that follow their buffer's. */
export function viewOf(buffer: SharedArrayBuffer, length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(buffer, 0, length)
}

/** A view of the whole of a buffer, which others may have lengthened; the view given, where it still is that. */
export function viewAgain(view: Int32Array, buffer: SharedArrayBuffer): Int32Array {
  const isWhole = view.buffer === buffer && view.byteLength === buffer.byteLength
  return isWhole ? view : viewOf(buffer, buffer.byteLength / 4)
}
