import type { Language } from './preferences.ts';

/**
 * Where a build keeps all texts of the language that it left out of its scripts. The build writes this module; as it stands here, for
 * pages that are served with hot reload and for tests, every module has both languages and nothing is left out.
 */
export const textsLeftOut: Readonly<Partial<Record<Language, string>>> = {};
