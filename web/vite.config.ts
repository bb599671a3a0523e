import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { NOTICES_FILE, noticesOf } from '../scripts/notices.ts';
import { compressedFiles } from './vite/compressed-files.ts';
import { fewScripts } from './vite/few-scripts.ts';
import { shortClasses } from './vite/short-classes.ts';
import { textsByLanguage } from './vite/texts-by-language.ts';
import { themeStyles } from './vite/theme-styles.ts';

/** Where the API runs while pages are served with hot reload; in a build, pages and API share one address. */
const api = process.env['VITE_API'] ?? 'http://127.0.0.1:4620';

/** Puts the licenses of every package in the pages beside them, at `/third-party-notices.txt`; a license not allowed stops the build. */
const notices: Plugin = {
  name: 'third-party-notices',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: NOTICES_FILE, source: noticesOf(this.getModuleIds()) });
  },
};

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  plugins: [
    react(),
    textsByLanguage(root),
    fewScripts(root),
    themeStyles(root),
    shortClasses,
    notices,
    compressedFiles,
  ],
  server: { proxy: { '/v1': api, '/.well-known': api, '/_local': api } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Every style and script is a file of its own with a hash in its name, so that it can be kept for a year.
    assetsInlineLimit: 0,
  },
});
