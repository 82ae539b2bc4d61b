/** States without end, of few values: 10^9 of them. */
import { wide } from './hungry-models.ts'

export default wide(1_000)
