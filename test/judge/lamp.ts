/** A lamp for tests of executions: a wheel turns for ever, and only in one of its positions can the lamp be lit. */
import { alwaysEventually, disabled, eventually, leadsTo, protocol, z } from 'splitbrain'
import type { Assumption } from '../../src/property/fairness.ts'

/** Where it hums, that is one more thing it can do for ever. `wait` is nothing that anybody could see. */
export const lamp = (fairness: Assumption = {}, hums = false) =>
  protocol(
    {
      name: 'lamp',
      shared: {
        position: z.int().default(0),
        lit: z.boolean().default(false),
        asked: z.boolean().default(false),
        ...(hums && { humming: z.boolean().default(false) }),
      },
    },
    () => ({
      actions: {
        environment: {
          turn({ shared }) {
            shared.position = (shared.position + 1) % 3
          },
          light({ shared }) {
            if (shared.position !== 1 || shared.lit) return disabled
            shared.lit = true
          },
          snuff({ shared }) {
            if (!shared.lit) return disabled
            shared.lit = false
          },
          ask({ shared }) {
            if (shared.asked) return disabled
            shared.asked = true
          },
          wait() {},
          hum:
            hums &&
            (({ shared }) => {
              shared.humming = !shared.humming
            }),
        },
      },
      properties: {
        lights: eventually('the lamp is lit', ({ shared }) => shared.lit, fairness),
        blinks: alwaysEventually('the lamp is lit again and again', ({ shared }) => shared.lit, fairness),
        answers: leadsTo(
          'whoever asks for light gets it',
          ({ shared }) => shared.asked,
          ({ shared }) => shared.lit,
          fairness,
        ),
      },
    }),
  ).instantiate()
