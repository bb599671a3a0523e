import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { minify, type Plugin } from 'vite';
import { drawPages } from './drawn-pages.ts';
import { type Language, languages, readAllTexts, readTexts } from './read-texts.ts';
import { type Start, start } from './start.ts';

/** Vite's name for what it builds for browsers, and ours for its second building, with English texts. */
const environmentOf = { zh: 'client', en: 'english' } as const satisfies Record<Language, string>;
const languageOf = (environment: { readonly name: string }): Language =>
  environment.name === environmentOf.en ? 'en' : 'zh';

/** Tags that Vite writes into the page for scripts: the entry first, then what it imports. */
const SCRIPT_TAGS =
  /\s*<(?:script type="module"|link rel="modulepreload") crossorigin (?:src|href)="([^"]+)">(?:<\/script>)?/g;

/**
 * Builds the pages once in each language: every text stands in the script of the screen that says it, in one language, so that nobody
 * waits for a file of texts or loads what they do not read. A small script of its own, which `index.html` names, chooses between them and
 * shows the page as it was drawn until they are there. Who changes the language while a page is open gets all texts of the other one in one file, and nothing on the page is lost.
 *
 * While pages are served with hot reload, and in tests, each module has both languages and this does nothing.
 */
export function textsByLanguage(root: string): Plugin {
  const pages = new Map<Language, string>();

  return {
    name: 'texts-by-language',
    apply: 'build',
    enforce: 'pre',
    sharedDuringBuild: true,
    config: () => ({
      environments: {
        [environmentOf.en]: { consumer: 'client', build: { emptyOutDir: true } },
        [environmentOf.zh]: { build: { emptyOutDir: false } },
      },
      builder: {
        // One after the other: the second page to be written stays, and it names the scripts of both.
        buildApp: async (builder) => {
          for (const language of ['en', 'zh'] as const) {
            const environment = builder.environments[environmentOf[language]];
            if (!environment) throw new Error(`nothing is set up to build in ${language}`);
            await builder.build(environment);
          }
        },
      },
    }),
    transform: {
      filter: { id: /\/web\/src\/.*\.tsx?$/, code: /\bdefineTexts\(/ },
      handler(code, id) {
        const left = languages.filter((language) => language !== languageOf(this.environment));
        const places = readTexts(id, code)
          .flatMap((space) => left.map((language) => space.places[language]))
          .sort((a, b) => b.start - a.start);
        const kept = places.reduce((text, { start, end }) => `${text.slice(0, start)}{}${text.slice(end)}`, code);
        return { code: kept, map: null };
      },
    },
    load: {
      filter: { id: /\/web\/src\/lib\/texts-left-out\.ts$/ },
      handler() {
        const left = languages.filter((language) => language !== languageOf(this.environment));
        const addresses = left.map((language) => {
          const spaces = readAllTexts(join(root, 'src')).map(({ name, texts }) => [name, texts[language]]);
          const source = JSON.stringify(Object.fromEntries(spaces));
          const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
          const fileName = `assets/texts-${language}-${hash}.json`;
          this.emitFile({ type: 'asset', fileName, source });
          return [language, `/${fileName}`];
        });
        return `export const textsLeftOut = ${JSON.stringify(Object.fromEntries(addresses))};`;
      },
    },
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const page = bundle['index.html'];
        // A part of the pages that is built by itself has no page.
        if (page?.type !== 'asset') return;
        pages.set(languageOf(this.environment), String(page.source));
        const [zh, en] = languages.map((language) => pages.get(language));
        if (zh === undefined || en === undefined) return;
        if (zh.replace(SCRIPT_TAGS, '') !== en.replace(SCRIPT_TAGS, ''))
          throw new Error('the pages of the two languages differ in more than their scripts');
        const scriptsOf = (html: string) => [...html.matchAll(SCRIPT_TAGS)].map((match) => match[1] ?? '');
        const inBoth = scriptsOf(zh).filter((script) => scriptsOf(en).includes(script));
        const own = (html: string) => scriptsOf(html).filter((script) => !inBoth.includes(script));
        const given: Start = { scripts: { zh: own(zh), en: own(en) }, pages: await drawPages(root) };
        const source = `(${start})(${JSON.stringify(given)});`;
        const { code } = await minify('start.js', source);
        const fileName = `assets/start-${createHash('sha256').update(code).digest('base64url').slice(0, 8)}.js`;
        this.emitFile({ type: 'asset', fileName, source: code });
        const preloads = inBoth.map((href) => `    <link rel="modulepreload" crossorigin href="${href}">\n`).join('');
        page.source = zh
          .replace(SCRIPT_TAGS, '')
          // Last in the body, where it waits for the styles and has something to fill.
          .replace('</title>\n', () => `</title>\n${preloads}`)
          .replace(/(\s*)<noscript>/, (noscript, space) => `${space}<script src="/${fileName}"></script>${noscript}`);
      },
    },
  };
}
