/**
 * How likely an attacker catches up with the honest chain, from z blocks behind: Nakamoto 2008, §11, and exactly.
 *
 * Each next block is the attacker's with probability q, and an honest one with p = 1 - q. The payment is accepted once z
 * blocks are linked after the attack began; by then the attacker has found m in secret, and from z - m behind it ever
 * catches up with probability (q/p)^(z - m), as a gambler who may go on without end (white paper, §11).
 */

/** As in the white paper, which takes m for Poisson-distributed: the attacker's expected progress, z q/p, is its mean. */
export function nakamoto(q: number, z: number): number {
  const p = 1 - q
  const mean = (z * q) / p
  let poisson = Math.exp(-mean)
  let sum = 1
  for (let m = 0; m <= z; m++) {
    sum -= poisson * (1 - (q / p) ** (z - m))
    poisson *= mean / (m + 1)
  }
  return sum
}

/**
 * Exactly: m is distributed as the number of failures before the z-th success (Rosenfeld, "Analysis of Hashrate-Based
 * Double-Spending", 2012), a negative binomial distribution. One half or more of all power always catches up.
 */
export function exact(q: number, z: number): number {
  const p = 1 - q
  if (q >= p) return 1
  let binomial = p ** z // the probability of m, for m = 0: choose(m + z - 1, m) p^z q^m
  let sum = 1
  for (let m = 0; m <= z; m++) {
    sum -= binomial * (1 - (q / p) ** (z - m))
    binomial *= (q * (m + z)) / (m + 1)
  }
  return sum
}

/** The least z at which the attacker succeeds less often than this. */
export function confirmations(q: number, less: number): number {
  let z = 0
  while (nakamoto(q, z) >= less) z++
  return z
}
