import type { Drawn } from './drawn-pages.ts';
import type { Language } from './read-texts.ts';

export type Start = {
  /** The entry, and what it imports that is not in the other language's too. */
  readonly scripts: Readonly<Record<Language, readonly string[]>>;
  readonly pages: Readonly<Record<Language, Drawn>>;
};

/**
 * Runs in the browser, by itself and before every other script: shows what the build has drawn, in the reader's language and text size,
 * and names the scripts of that language. Nothing outside of this function is there when it runs.
 */
export function start({ scripts, pages }: Start): void {
  const kept = (key: string): Readonly<Record<string, unknown>> => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? '{}') ?? {};
    } catch {
      return {};
    }
  };
  const addLink = (rel: string, href: string, as = ''): void => {
    const link = Object.assign(document.createElement('link'), { rel, href, crossOrigin: 'anonymous' });
    if (as) link.setAttribute('as', as);
    document.head.append(link);
  };

  const { language: wanted, textSize } = kept('linli.preferences');
  const language = wanted === 'en' ? 'en' : 'zh';
  const { before, home, loading, after, scales } = pages[language];
  const { pathname, search } = location;
  const isHome = pathname === '/';
  const isSignedIn = 'accessToken' in kept('linli.sign-in');

  const [entry = '', ...others] = scripts[language];
  const script = Object.assign(document.createElement('script'), {
    type: 'module',
    src: entry,
    crossOrigin: 'anonymous',
  });
  document.head.append(script);
  for (const other of others) addLink('modulepreload', other);
  // The first page asks for it as soon as it runs, without a token for whoever has not signed in.
  if (isHome && !isSignedIn) addLink('preload', '/v1/centers', 'fetch');

  const page = document.documentElement;
  page.lang = language === 'en' ? 'en' : 'zh-CN';
  const size = Object.entries(scales).findIndex(([name]) => name === textSize);
  page.style.fontSize = Object.values(scales)[size] ?? scales.standard;
  page.dataset['textSize'] = Object.keys(scales)[size] ?? 'standard';

  // A slip is for paper, without a frame.
  const root = document.getElementById('root');
  if (!root || pathname.startsWith('/slip/')) return;
  root.innerHTML = before + (isHome ? home : loading) + after;
  for (const styled of root.querySelectorAll<HTMLElement>('[data-style]')) {
    styled.style.cssText = styled.dataset['style'] ?? '';
    styled.removeAttribute('data-style');
  }
  root.querySelectorAll('[aria-pressed]').forEach((button, at) => {
    button.setAttribute('aria-pressed', String(at === Math.max(size, 0)));
  });
  for (const link of root.querySelectorAll<HTMLAnchorElement>('[data-part] a, nav a[class]')) {
    const to = link.pathname;
    if (to === '/sign-in') {
      if (isSignedIn) link.remove();
      else link.search = `?from=${encodeURIComponent(pathname + search)}`;
    } else if (!link.search) {
      if (to === pathname || (to !== '/' && pathname.startsWith(`${to}/`))) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }
}
