/** What a generator that yields now and then comes to, where nobody has to be heard meanwhile. */
export function finished<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}
