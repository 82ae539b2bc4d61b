/** The library's `check` and `simulate` (see check.ts above this folder). */
import { randomInt } from 'node:crypto'
import type { SearchResult } from '../engine/result.ts'
import { LARGEST_SEED } from '../engine/walks/random.ts'
import type { Protocol } from '../language/protocol.ts'
import { type LoadedProtocol, loadProtocol } from '../load/load-protocol.ts'
import { specPath } from '../load/spec-path.ts'
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { confirm } from './confirm.ts'
import { type Inquiry, investigate, modelOf } from './investigate.ts'
import type { CheckResult } from './result.ts'
import { admitCheck, admitSimulate, type CheckOptions, type SimulateOptions } from './settings.ts'
import { resultOf } from './tell.ts'

const WALKS = 1_000

export function check(protocol: Protocol | string, options: CheckOptions): Promise<CheckResult> {
  admitCheck(options)
  const { order = 'bfs', workers = 1, compactBytes, symmetry } = options
  if (typeof protocol !== 'string' && workers !== 1 && workers !== 'auto') {
    throw new SplitbrainError(
      'bad-option',
      `${workers} workers were asked for, but a thread cannot be sent a function; give the protocol by its file: check('./lock.ts', ...)`,
    )
  }
  return answer(protocol, options, {
    order,
    workers,
    ...(compactBytes !== undefined && { compactBytes }),
    ...(symmetry !== undefined && { symmetry }),
  })
}

export function simulate(protocol: Protocol | string, options: SimulateOptions): Promise<CheckResult> {
  admitSimulate(options)
  const { walks = WALKS, seed = randomInt(LARGEST_SEED + 1) } = options
  return answer(protocol, options, { walks: { walks, seed } })
}

async function answer(
  protocol: Protocol | string,
  options: CheckOptions | SimulateOptions,
  how: Inquiry,
): Promise<CheckResult> {
  const { properties, budgets = {}, signal, onProgress } = options
  const loaded = await loadedFrom(protocol)
  const model = modelOf(loaded, options)
  const inquiry: Inquiry = {
    ...how,
    budget: budgets,
    keepGoing: options.continue === true,
    leavesOutTypes: options.types === false,
    ...(properties && { properties }),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  }
  const recruits = typeof protocol === 'string' ? { name: protocol, instance: options } : undefined
  const searched: SearchResult = await investigate(model, loaded, inquiry, recruits)
  const origin = loaded.file === undefined ? {} : { spec: specPath(loaded.file, '.') }
  return resultOf(model, confirm(model, searched, origin), {
    budget: budgets,
    parameters: Object.keys(loaded.protocol.parameters),
  })
}

/** @throws SplitbrainError `bad-protocol` for what is none */
export async function loadedFrom(protocol: Protocol | string): Promise<LoadedProtocol> {
  if (typeof protocol === 'string') return loadProtocol(protocol)
  if (typeof protocol === 'object' && protocol !== null && protocol.kind === 'splitbrain protocol') return { protocol }
  throw new SplitbrainError(
    'bad-protocol',
    `found ${found(protocol)} in place of a protocol; expected what protocol({ ... }, ...) gives, or a file: './lock.ts'`,
  )
}
