import { recorded } from './recorded.ts'

/** Exact also beyond 2^53, where a recorded number is a bigint. */
export function sum(a: number, b: number): number {
  const rounded = Number(a) + Number(b)
  if (Number.isSafeInteger(rounded) || !isInteger(a) || !isInteger(b)) return rounded
  return recorded(BigInt(a) + BigInt(b), 'a sum') as number
}

const isInteger = (n: number | bigint): boolean => typeof n === 'bigint' || Number.isInteger(n)
