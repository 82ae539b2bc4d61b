/** The health of a process is part of its state, in roles that can crash or pause. */
import { z } from 'zod'

export const HEALTH = z.enum(['up', 'down', 'paused'])
