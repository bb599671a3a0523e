import { createMemoryHistory, RouterContextProvider, RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { LoadingPage } from '../components/loading.tsx';
import { textScales } from '../lib/preferences.ts';
import { Providers } from './providers.tsx';
import { router } from './router.tsx';

const drawn = (page: ReactNode): string =>
  renderToStaticMarkup(<Providers>{page}</Providers>)
    // The page's title stays the city's name until the page is there.
    .replace(/<title>.*?<\/title>/g, '')
    // A content security policy refuses styles in markup, not those that a script sets.
    .replaceAll(' style="', ' data-style="');

/**
 * What a build draws in the language of the preferences, for readers to see before the scripts are there: the frame before and after
 * the screen, the first page as it is until the centers have come, and what stands in the place of any other screen.
 */
export async function draw() {
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: ['/'] }) });
  await router.load();
  const [all, before = '', home = '', after = ''] =
    /^(.*<main[^>]*>)(.*)(<\/main>.*)$/s.exec(drawn(<RouterProvider router={router} />)) ?? [];
  if (!all) throw new Error('the first page has no <main>');
  const loading = drawn(
    <RouterContextProvider router={router}>
      <LoadingPage />
    </RouterContextProvider>,
  );
  return { before, home, loading, after, scales: textScales };
}
