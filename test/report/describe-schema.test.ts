import { id, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { describeSchema, describeShape, meaningOf } from '../../src/report/describe-schema.ts'

describe('schemas in words', () => {
  it.each([
    [z.int(), 'integer'],
    [z.int().min(0), 'integer from 0'],
    [z.int().positive(), 'integer from 1'],
    [z.int().max(4), 'integer to 4'],
    [z.int().min(1).max(7).default(3), '1 to 7'],
    [z.number(), 'number'],
    [z.boolean(), 'boolean'],
    [z.string(), 'text'],
    [z.enum(['follower', 'leader']).default('leader'), 'follower | leader'],
    [z.literal('x'), 'x'],
    [id('server').nullable().default(null), 'server or null'],
    [z.array(z.int()).default([]), 'list of integer'],
    [z.set(id('server')).default(new Set()), 'set of server'],
    [z.set(z.tuple([z.int(), id('server')])), 'set of [integer, server]'],
    [z.set(z.object({ term: z.int() })), 'set of { term: integer }'],
    [z.record(id('server'), z.int()), 'integer by server'],
    [z.array(z.object({ term: z.int(), by: id('server') })), 'list of { term: integer, by: server }'],
    [z.union([z.int(), z.boolean()]), 'integer | boolean'],
    [z.tuple([z.int(), z.string()]), '[integer, text]'],
  ])('case %#', (schema, text) => expect(describeSchema(schema)).toBe(text))

  it('describes an empty shape', () => expect(describeShape({})).toBe('{}'))

  it('finds the meaning on either side of the default', () => {
    expect(meaningOf(z.int().default(1).describe('outside'))).toBe('outside')
    expect(meaningOf(z.int().describe('inside').default(1))).toBe('inside')
    expect(meaningOf(z.int())).toBeUndefined()
  })
})
