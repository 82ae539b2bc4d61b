/** Lets the sources be run as they are, in this thread. */
export async function enableSources() {
  const { register } = await import('tsx/esm/api')
  register({ tsconfig: false })
  const { enableImports } = await import('../src/load/enable-imports.ts')
  await enableImports(true) // the corpus too imports `splitbrain`, which is dist/ to Node
}
