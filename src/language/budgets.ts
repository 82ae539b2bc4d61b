/** The kinds of faults, and the parameter that bounds how often each may strike. */
export const BUDGETS = {
  crash: ['crashes', 'how many crashes may happen'],
  pause: ['pauses', 'how many pauses may happen'],
  lose: ['losses', 'how many messages may be lost'],
  duplicate: ['duplicates', 'how many messages may be delivered once more'],
  partition: ['partitions', 'how many partitions may happen'],
} as const

export type Fault = keyof typeof BUDGETS

/** More than anybody can wait for: the most that a budget may be, unless it is unlimited. */
export const MOST_FAULTS = 9

/**
 * The budget of a fault that may strike for ever, as parameters and declarations say it; the definition gets Infinity.
 * Nothing counts such a fault, so it adds no states by itself.
 */
export const UNLIMITED = 'unlimited'
