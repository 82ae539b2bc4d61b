/**
 * How much of the random a test tries: enough to see a blunder, and `atLength` among the slow tests, which run the same
 * file again (test/slow/at-length.test.ts).
 */
export const amount = (usual: number, atLength: number): number => (process.env.MODE === 'slow' ? atLength : usual)
