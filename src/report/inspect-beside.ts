/** What a step did beside the lanes, where only some processes have one: told as in a list, so that nothing is left out. */
import type { Line } from './canvas.ts'
import type { Flight, Happening } from './happenings.ts'
import { hasArrow, type Lanes } from './inspect-lanes.ts'
import { listHappening } from './inspect-list.ts'

export function listBeside(lanes: Lanes, happening: Happening, width: number): Line[] {
  const { process, changes, sent, recorded } = happening
  const isBeside = (name: string) => !lanes.processes.includes(name)
  const beside = {
    ...happening,
    changes: changes.filter(({ component }) => isBeside(component)),
    sent: sent.filter((flight: Flight) => !hasArrow(lanes, flight)),
    recorded: recorded.filter((recording) => isBeside(recording.process)),
  }
  const isSilent = beside.changes.length + beside.sent.length + beside.recorded.length === 0
  if (isSilent && (process === null || !isBeside(process))) return []
  if (isSilent && changes.length + sent.length + recorded.length > 0) return []
  return listHappening(beside, width)
}
