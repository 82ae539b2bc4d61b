/** What the page knows of an execution: the state after every step, and which messages are in flight there. */
import type { Value } from '../../model.ts'
import { fromJson } from '../../value/canonical.ts'
import type { FlightData, TraceData } from '../trace-data.ts'

export interface Execution {
  readonly data: TraceData
  /** The number of steps; step 0 is the initial state. */
  readonly length: number
  /** By component, after `step` steps; undefined where it is not known any more. */
  stateAfter(step: number): readonly Value[] | undefined
  /** In the order in which they were sent. */
  inFlightAfter(step: number): readonly FlightData[]
}

export function executionOf(data: TraceData): Execution {
  const states = statesOf(data)
  const inFlight = flightsOf(data)
  return {
    data,
    length: data.steps.length,
    stateAfter: (step) => states[step],
    inFlightAfter: (step) => inFlight[step]!,
  }
}

/** States share the values of components that did not change. */
function statesOf({ initial, steps, known, components }: TraceData): (readonly Value[])[] {
  const states = [initial.map((json, i) => fromJson(json, components[i]!.name))]
  for (const { values } of steps.slice(0, known)) {
    const state = [...states.at(-1)!]
    for (const [component, json] of Object.entries(values)) state[Number(component)] = fromJson(json, 'a value')
    states.push(state)
  }
  return states
}

function flightsOf({ inFlight, steps }: TraceData): FlightData[][] {
  const flights = [[...inFlight]]
  for (const { sent, ended } of steps) {
    const gone = new Set(ended.flatMap(({ number, fate }) => (fate === 'copied' ? [] : [number])))
    flights.push([...flights.at(-1)!.filter(({ number }) => !gone.has(number)), ...sent])
  }
  return flights
}
