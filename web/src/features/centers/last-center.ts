import type { CenterId } from '../../../../shared/contracts/common.ts';

const STORAGE_KEY = 'linli.last-center';

/** The center this browser looked at last. */
export const lastCenterId = (): string | undefined => localStorage.getItem(STORAGE_KEY) ?? undefined;
export const rememberCenter = (centerId: CenterId): void => localStorage.setItem(STORAGE_KEY, centerId);
