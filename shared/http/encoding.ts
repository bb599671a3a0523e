/** What a body may be compressed by, the better one first. */
const encodings = ['br', 'gzip'] as const;
export type Encoding = (typeof encodings)[number];

/** Smaller bodies go as they are: they fit into one packet anyway. */
export const COMPRESSED_FROM_BYTES = 1_024;

/** The encoding of ours that an `Accept-Encoding` prefers (RFC 9110, 12.5.3); `undefined` when the body must go as it is. */
export function acceptedEncoding(header: string | undefined): Encoding | undefined {
  const weights = new Map(
    (header ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  const weightOf = (encoding: Encoding): number => weights.get(encoding) ?? weights.get('*') ?? 0;
  return encodings.filter((encoding) => weightOf(encoding) > 0).sort((a, b) => weightOf(b) - weightOf(a))[0];
}

/**
 * The entity tag of an `If-None-Match` that names the same as `tag`, as it was sent. Compared weakly (RFC 9110, 8.8.3.2): a compressed
 * body has other bytes and says the same.
 */
export function matchingTag(ifNoneMatch: string | undefined, tag: string): string | undefined {
  const bare = (text: string) => text.replace(/^W\//, '');
  return ifNoneMatch
    ?.split(',')
    .map((one) => one.trim())
    .find((one) => bare(one) === bare(tag));
}
