/** Questions about executions without the progress that is assumed otherwise: what `--stutter` asks. */
import type { Model, Property } from '../model.ts'

/** The same question of executions that may stop wherever fairness lets them. */
export const stuttering = <P extends Property>(property: P): P =>
  'fairness' in property ? { ...property, stutters: true } : property

/** The model with every question so. */
export const stutteringModel = (model: Model): Model => ({ ...model, properties: model.properties.map(stuttering) })
