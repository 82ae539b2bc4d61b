/** Quantities as people type them: `1e6`, `10k`, `5M` states; `30s`, `5m`; `2GB`. */
import { InvalidArgumentError } from 'commander'
import { MOST_WORKERS } from '../engine/parallel/control.ts'

const MULTIPLES = { '': 1, k: 1e3, m: 1e6, g: 1e9 } as const
const TIMES = { ms: 1, s: 1e3, '': 1e3, m: 60e3, min: 60e3, h: 3600e3 } as const
const BYTES = { k: 2 ** 10, kb: 2 ** 10, m: 2 ** 20, mb: 2 ** 20, g: 2 ** 30, gb: 2 ** 30 } as const

/** @throws InvalidArgumentError */
export const parseCount = (text: string): number =>
  wholeFrom(1, text, MULTIPLES, 'a whole number from 1, such as 500000, 1e6, 10k or 5M')

/** A depth may be 0: the initial states alone. @throws InvalidArgumentError */
export const parseDepth = (text: string): number => wholeFrom(0, text, MULTIPLES, 'a whole number from 0, such as 20')

/** In milliseconds. @throws InvalidArgumentError */
export const parseDuration = (text: string): number => wholeFrom(1, text, TIMES, 'a time, such as 30s, 5m or 1h')

/** In bytes. @throws InvalidArgumentError */
export const parseMemory = (text: string): number =>
  wholeFrom(1, text, BYTES, 'a size with its unit, such as 800MB or 2GB')

/** @throws InvalidArgumentError */
export function parseWorkers(text: string): number | 'auto' {
  if (text === 'auto') return 'auto'
  const workers = Number(text)
  if (/^[1-9]\d*$/.test(text) && workers <= MOST_WORKERS) return workers
  throw new InvalidArgumentError(`Expected auto, or a whole number from 1 to ${MOST_WORKERS}.`)
}

function wholeFrom(least: number, text: string, units: Readonly<Record<string, number>>, expected: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?(?:e\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? []
  const multiple = unit === undefined ? undefined : units[unit.toLowerCase()]
  const value = Number(digits) * (multiple ?? Number.NaN)
  const rounded = Math.round(value)
  if (!Number.isSafeInteger(rounded) || rounded < least || Math.abs(rounded - value) > 1e-6) {
    throw new InvalidArgumentError(`Expected ${expected}.`)
  }
  return rounded
}
