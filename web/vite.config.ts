import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { textsByLanguage } from './vite/texts-by-language.ts';

/** Where the API runs while pages are served with hot reload; in a build, pages and API share one address. */
const api = process.env['VITE_API'] ?? 'http://127.0.0.1:4620';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig(({ command }) => ({
  root,
  plugins: [react(), textsByLanguage(root)],
  // A class is named after its file and itself; in a build by a hash of both, which is shorter.
  css: { modules: command === 'build' ? { generateScopedName: '[hash:base64:5]' } : {} },
  server: { proxy: { '/v1': api, '/.well-known': api, '/_local': api } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Every style and script is a file of its own with a hash in its name, so that it can be kept for a year.
    assetsInlineLimit: 0,
    // Whatever the first page loads is one file: fewer requests, and 5 KB less than in the six that it would be by itself.
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
}));
