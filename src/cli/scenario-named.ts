/** The documented runs of a protocol, and the one that `--scenario` names. */
import { corpus } from '../../specs/index.ts'
import type { LoadedProtocol } from '../load/load-protocol.ts'
import type { Scenario } from '../spec/scenario.ts'
import { findNames } from './names-given.ts'

/** @param name what the protocol was loaded by; a protocol of one's own has none */
export async function scenariosOf({ file }: LoadedProtocol, name: string): Promise<readonly Scenario[]> {
  return file === undefined ? corpus[name]!.scenarios() : []
}

/** @throws SplitbrainError `bad-option` */
export async function scenarioNamed(wanted: string, loaded: LoadedProtocol, name: string): Promise<Scenario> {
  const scenarios = await scenariosOf(loaded, name)
  const [found] = findNames(
    [wanted],
    scenarios.map((scenario) => scenario.name),
    'scenario',
    loaded.protocol.name,
  )
  return scenarios.find((scenario) => scenario.name === found)!
}
