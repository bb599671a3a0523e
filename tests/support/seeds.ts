import { inject } from 'vitest';

/** What `LINLI_SEED` asks for, `7` or `7,8,9`: these alone, in the place of all others. */
const wanted = process.env['LINLI_SEED']?.split(',').map(Number);

/** The given seeds, which stay as regressions, and then that of this run. */
export const seedsOf = (...usual: number[]): readonly number[] => wanted ?? [...usual, inject('seedOfRun')];
