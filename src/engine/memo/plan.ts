/** What is to be known of a step beforehand. */
export interface Plan {
  /** What becomes of the cluster that the step's rule is at home in; -1: nothing. */
  homeOperation: number
  /** Where it is said what else it changes (`Moves.routes`); 0: nothing but the cluster at home, right below the root. */
  route: number
  /** Of which clusters this speaks. */
  version: number
}

export const UNPLANNED: Readonly<Plan> = {
  homeOperation: -1,
  route: 0,
  version: -1,
}
