/** A random protocol's model from its plan, for a thread. */
import type { Model } from '../../../src/model.ts'
import type { Plan } from '../../random/plan.ts'
import { protocolOf } from '../../random/random-protocol.ts'

export const modelOfPlan = (plan: Plan): Model => protocolOf(plan).instantiate()
