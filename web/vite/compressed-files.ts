import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** Smaller files fit into one packet anyway. */
const FROM_BYTES = 1_024;
const isText = (name: string): boolean => /\.(css|html|js|json|map|svg|txt|webmanifest)$/.test(name);

/** The last two levels take three times as long for a fifteenth less, and who starts the city waits for it. */
const brotliAsPays = (bytes: Buffer): Promise<Buffer> =>
  promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
const gzipBest = (bytes: Buffer): Promise<Buffer> => promisify(gzip)(bytes, { level: 9 });

/**
 * Puts each text of the build beside itself once more as `.br` and `.gz`, compressed: once here, and not at each
 * request on this machine. CloudFront compresses by itself.
 */
export const compressedFiles: Plugin = {
  name: 'compressed-files',
  apply: 'build',
  writeBundle: {
    order: 'post',
    sequential: true,
    async handler({ dir = '' }) {
      const files = (await readdir(dir, { recursive: true })).filter(isText).map((name) => join(dir, name));
      await Promise.all(
        files.map(async (file) => {
          const bytes = await readFile(file);
          if (bytes.length < FROM_BYTES) return;
          await Promise.all([
            writeFile(`${file}.br`, await brotliAsPays(bytes)),
            writeFile(`${file}.gz`, await gzipBest(bytes)),
          ]);
        }),
      );
    },
  },
};
