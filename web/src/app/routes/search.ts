import { isIsoDate } from '../../../../shared/kernel/days.ts';

/** The search parameters of an address as they come; each route lets through what makes sense, so that a screen never sees another. */
export type Search = Record<string, unknown>;

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const oneOf = <T extends string>(list: readonly T[], value: unknown): T | undefined =>
  list.find((it) => it === value);

export const date = (value: unknown) => (typeof value === 'string' && isIsoDate(value) ? value : undefined);

export const clock = (value: unknown) => (typeof value === 'string' && /^\d{2}:\d{2}$/.test(value) ? value : undefined);

/** Leaves out what is not there, so that addresses stay short. */
export const only = <T extends object>(search: T): Partial<T> =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Partial<T>;
