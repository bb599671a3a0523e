import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Writes `src/app/theme.css`: the variables of the theme, which Mantine would otherwise put into the page by a script. So colors and faces
 * are there before any script is, and the page has no style of its own for a content security policy to refuse.
 */
export function themeStyles(root: string): Plugin {
  return {
    name: 'theme-styles',
    enforce: 'pre',
    load: {
      filter: { id: /\/web\/src\/app\/theme\.css$/ },
      async handler() {
        // Only now: whoever reads the configuration need not wait for Mantine.
        const [{ convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme }, { theme }] =
          await Promise.all([
            import('@mantine/core'),
            import(join(root, 'src/app/theme.ts')) as Promise<typeof import('../src/app/theme.ts')>,
          ]);
        const given = defaultCssVariablesResolver(DEFAULT_THEME);
        const ours = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
        const changed = (part: 'variables' | 'light') => {
          const known = new Map(Object.entries(given[part]));
          return Object.fromEntries(Object.entries(ours[part]).filter(([name, value]) => known.get(name) !== value));
        };
        return convertCssVariables({ variables: changed('variables'), light: changed('light'), dark: {} });
      },
    },
  };
}
