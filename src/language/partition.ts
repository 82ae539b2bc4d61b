/**
 * Partitions: links between processes that carry nothing for a while. What was sent waits until its link is back.
 *
 * Cut in sides, or in groups that are given, the network is whole or cut once; cut by links, each partition takes one
 * more link, and each heals by itself, so that two who cannot talk may both talk to a third.
 */
import { disabled, type Rule, type Run } from '../model.ts'
import { canonical } from '../value/canonical.ts'
import { linkName } from '../value/cut.ts'
import type { Cut } from './cuts.ts'
import type { Partition } from './declaration.ts'
import { PARTITION } from './layout.ts'
import type { Scene } from './scene.ts'
import { spend } from './spending.ts'
import type { Strike } from './strikes.ts'

/** @param cuts those that are given, if any are */
export function partitionRules(
  scene: Scene,
  strike: Strike,
  { heal, ...partition }: Partition,
  cuts?: readonly Cut[],
): Rule[] {
  const { sever, mend } = cuttingOf(scene, partition, cuts)
  const rules: Rule[] = [
    {
      action: 'partition',
      process: null,
      fixed: {},
      kind: 'fault',
      group: 'network.partition',
      body: (run) => (spend(scene, run, strike) ? sever(run) : disabled),
    },
    { action: 'heal', process: null, fixed: {}, kind: 'recovery', group: 'network.heal', body: mend },
  ]
  return heal === 'never' ? rules.slice(0, 1) : rules
}

interface Cutting {
  readonly sever: (run: Run) => unknown
  readonly mend: (run: Run) => unknown
}

const cutIn = (run: Run, partition: number) => run.draft(partition) as Set<string>

function cuttingOf(scene: Scene, { roles, cut, oneWay = false }: Partition, cuts?: readonly Cut[]): Cutting {
  const ids = scene.members.filter(({ role }) => roles?.includes(role) ?? true).map(({ id }) => id)
  const partition = scene.layout.indexOf(PARTITION)
  if (cuts !== undefined) return inGroups(partition, oneWay, (run) => run.choose('groups', cuts))
  if (cut === 'links') return byLinks(partition, ids, oneWay)
  const sides = oneWay ? [...halves(ids), ...halves(ids).map((side) => without(ids, side))] : halves(ids)
  return inGroups(partition, oneWay, (run) => {
    const side = run.choose(oneWay ? 'unheard' : 'side', sides)
    return [side, without(ids, side)]
  })
}

/** Of the groups that are chosen none hears another; one way, none hears those before it. */
function inGroups(partition: number, oneWay: boolean, choose: (run: Run) => Cut): Cutting {
  const whole = canonical(new Set(), PARTITION)
  return {
    sever(run) {
      if (cutIn(run, partition).size > 0) return disabled
      run.replace(partition, new Set(linksBetween(choose(run), oneWay)))
    },
    mend(run) {
      if (cutIn(run, partition).size === 0) return disabled
      run.replace(partition, whole)
    },
  }
}

const linksBetween = (groups: Cut, oneWay: boolean): string[] =>
  groups.flatMap((group, i) =>
    group.flatMap((from) =>
      groups.slice(i + 1).flatMap((others) => others.flatMap((to) => linksOf([from, to], oneWay))),
    ),
  )

function byLinks(partition: number, ids: readonly string[], oneWay: boolean): Cutting {
  const links = ids.flatMap((from, i) => without(oneWay ? ids : ids.slice(i), [from]).map((to) => [from, to] as const))
  const isCut = (run: Run, [from, to]: Link) => cutIn(run, partition).has(linkName(from, to))
  const choose = (run: Run, wanted: boolean) =>
    run.choose(
      'link',
      links.filter((link) => isCut(run, link) === wanted),
    )
  return {
    sever(run) {
      for (const link of linksOf(choose(run, false), oneWay)) cutIn(run, partition).add(link)
    },
    mend(run) {
      for (const link of linksOf(choose(run, true), oneWay)) cutIn(run, partition).delete(link)
    },
  }
}

type Link = readonly [from: string, to: string]

const linksOf = ([from, to]: Link, oneWay: boolean): string[] =>
  oneWay ? [linkName(from, to)] : [linkName(from, to), linkName(to, from)]

const without = (ids: readonly string[], others: readonly string[]): string[] =>
  ids.filter((id) => !others.includes(id))

/** Every way to cut processes in two, each named once: by the side that the first process is not on. */
function halves(ids: readonly string[]): readonly (readonly string[])[] {
  let sides: readonly (readonly string[])[] = [[]]
  for (const id of ids.slice(1)) sides = sides.flatMap((side) => [side, [...side, id]])
  return sides.filter((side) => side.length > 0)
}
