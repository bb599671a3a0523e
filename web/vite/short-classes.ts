import type { Plugin } from 'vite';

/** A class is named after its file and itself; in a build by a hash of both, which is shorter. */
export const shortClasses: Plugin = {
  name: 'short-classes',
  apply: 'build',
  config: () => ({ css: { modules: { generateScopedName: '[hash:base64:5]' } } }),
};
