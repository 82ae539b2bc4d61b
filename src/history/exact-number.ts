/**
 * Numbers as they are written: 1700000000000000001 and 1700000000000000002 are two, though a double takes them for one.
 * An integer beyond 2^53 is a bigint; a decimal that a double would round is refused.
 */

const DECIMAL = /^[+-]?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** More digits than any counter has. */
const MOST_DIGITS = 400

/** @throws SyntaxError where `text` is no number, or one that cannot be kept exactly */
export function exactNumber(text: string): number | bigint {
  const [, whole, decimals = '', exponent = '0'] = DECIMAL.exec(text) ?? []
  if (whole === undefined) throw new SyntaxError(`${text} is not a number`)
  const digits = `${whole}${decimals}`.replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  const zeros = Number(exponent) - decimals.length + digits.length - significant.length
  if (significant === '') return 0
  if (zeros >= 0 && zeros + significant.length <= MOST_DIGITS) {
    const size = BigInt(significant + '0'.repeat(zeros))
    const integer = text.startsWith('-') ? -size : size
    return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer
  }
  const double = Number(text)
  if (isExact(Math.abs(double), significant, zeros)) return double
  throw new SyntaxError(`${text} has more digits than a number can keep: write it as a string`)
}

/** Whether the shortest way of writing the double has the same digits. */
function isExact(double: number, significant: string, zeros: number): boolean {
  if (double === 0 || !Number.isFinite(double)) return false
  const [, first, rest = '', exponent] = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(double.toExponential()) ?? []
  const places = Number(exponent) - rest.length
  return `${first}${rest}` === significant && places === zeros
}
