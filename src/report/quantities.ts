/** Quantities as people read them. The command line reads them back (cli/quantity-arguments.ts). */

const KILO = 1024
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** 1,234,567, of a whole number. (`toLocaleString` says the same, once Node has spent 30 ms on what it knows of languages.) */
export const count = (value: number | bigint): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

/** `1 step`, `2 steps`. */
export const plural = (value: number | bigint, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

/** 0.04 s · 6.2 s · 95 s · 12 min 5 s */
export function duration(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 0.1) return `${seconds.toFixed(2)} s`
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** 812 MB · 1.5 GB; a kB is 1,024 bytes. */
export function bytes(value: number): string {
  const unit = value < 1 ? 0 : Math.min(Math.floor(Math.log(value) / Math.log(KILO)), BYTE_UNITS.length - 1)
  const scaled = value / KILO ** unit
  return `${scaled < 10 && unit > 0 ? scaled.toFixed(1).replace(/\.0$/, '') : Math.round(scaled)} ${BYTE_UNITS[unit]}`
}

/** 12 % · <1 % · >99 %: what is rounded away still shows. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100)
  if (rounded === 0 && share > 0) return '<1 %'
  return rounded === 100 && share < 1 ? '>99 %' : `${rounded} %`
}
