/**
 * What varies within the values of a component: each field of a process, each type of message in a channel. A component
 * with many values is explosive because some part of it is, and that part is what has to be bounded.
 *
 * Fields that are objects themselves are gone into, as long as they always have the same fields; lists, sets and objects
 * used as tables are told as a whole, by how many elements they get.
 */
import { createHash } from 'node:crypto'
import type { Component, Value } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'
import { keepsGrowing, magnitude } from './growth.ts'
import type { FieldProfile } from './profile.ts'

/** The fields that take more than one value, those that take the most first. `values` in the order of their finding. */
export function fieldProfiles(kind: Component['kind'], values: readonly Value[]): FieldProfile[] {
  const profiles = kind === 'channel' ? messageProfiles(values as readonly Message[][]) : placeProfiles('', values)
  const varying = profiles.filter(({ distinctValues, mostAtOnce = 0 }) => distinctValues > 1 || mostAtOnce > 1)
  return varying.sort((a, b) => b.distinctValues - a.distinctValues || (b.mostAtOnce ?? 0) - (a.mostAtOnce ?? 0))
}

type Message = { readonly type: string } & { readonly [field: string]: Value }

function messageProfiles(channels: readonly (readonly Message[])[]): FieldProfile[] {
  const types = new Set(channels.flatMap((messages) => messages.map(({ type }) => type)))
  return [...types].map((name) => {
    const ofType = channels.map((messages) => messages.filter(({ type }) => type === name))
    return {
      name,
      distinctValues: new Set(ofType.flat().map(keyOf)).size,
      mostAtOnce: most(ofType.map(({ length }) => length)),
      stillGrowing: keepsGrowing(ofType.map(magnitude)),
    }
  })
}

type Fields = { readonly [key: string]: Value }

function placeProfiles(place: string, values: readonly Value[]): FieldProfile[] {
  if (!values.every(isObject) || !haveSameKeys(values)) return [placeProfile(place, values)]
  return Object.keys(values[0]!).flatMap((key) => {
    return placeProfiles(
      place === '' ? key : `${place}.${key}`,
      values.map((value) => value[key]!),
    )
  })
}

/** Keys of canonical values are in order. */
function haveSameKeys(values: readonly Fields[]): boolean {
  const keys = JSON.stringify(Object.keys(values[0] ?? {}))
  return values.every((value) => JSON.stringify(Object.keys(value)) === keys)
}

function placeProfile(name: string, values: readonly Value[]): FieldProfile {
  const isTable = values.every(isObject)
  const sizes = values.map((value) => sizeOf(value, isTable)).filter((size) => size !== undefined)
  const numbers = values.filter((value) => typeof value === 'number')
  const isOfNumbers = numbers.length > 0 && values.every((value) => value === null || typeof value === 'number')
  return {
    name,
    distinctValues: new Set(values.map(keyOf)).size,
    ...(isOfNumbers && { range: { least: -most(numbers.map((value) => -value)), most: most(numbers) } }),
    ...(sizes.length > 0 && { mostAtOnce: most(sizes) }),
    stillGrowing: (isOfNumbers || sizes.length > 0) && keepsGrowing(values.map(magnitude)),
  }
}

/** Tells values apart; of large ones a digest, for all of them are held at once. */
function keyOf(value: Value): string {
  const text = textOf(value)
  return text.length <= LARGE ? text : createHash('sha1').update(text).digest('base64')
}

const LARGE = 64

/** Of objects only where all of them are, as tables whose keys differ. */
function sizeOf(value: Value, isTable: boolean): number | undefined {
  if (value instanceof Set) return value.size
  if (Array.isArray(value)) return value.length
  return isTable ? Object.keys(value as Fields).length : undefined
}

const isObject = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set)

const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
