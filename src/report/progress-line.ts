/** The line that a person watches while a search runs. */
import type { Progress } from '../engine/result.ts'
import { count, duration } from './quantities.ts'

/** Cut at `width`; the most telling numbers come first. */
export function progressLine(progress: Progress, width: number): string {
  const { distinct, generated, depth, frontier, growth, elapsedMs } = progress
  const rate = elapsedMs > 0 ? Math.round((generated / elapsedMs) * 1000) : 0
  const widening = growth === undefined ? '' : ` ×${growth.toFixed(2)}`
  const line = [
    `${count(distinct)} distinct`,
    `${count(generated)} generated`,
    `${count(rate)}/s`,
    `depth ${depth}`,
    `frontier ${count(frontier)}${widening}`,
    duration(elapsedMs),
  ].join(' · ')
  return line.slice(0, Math.max(0, width))
}
