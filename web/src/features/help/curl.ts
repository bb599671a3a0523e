import type { Operation } from './openapi.ts';

/** In single quotes, as a POSIX shell takes a text for what it is. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const keys = { bearer: '$TOKEN', ownKey: '$KEY' };

/** A request with the example's values, to paste into a shell: what must be sent and the key of a create, nothing else. */
export function curlOf({ method, path, auth, parameters, body }: Operation, origin: string): string {
  const exampleOf = (name: string): string => String(parameters.find((it) => it.name === name)?.example ?? name);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(exampleOf(name)));
  const query = parameters
    .filter((it) => it.in === 'query' && it.required)
    .map(({ name }) => `${name}=${encodeURIComponent(exampleOf(name))}`);
  const headers = parameters
    .filter(({ in: place, name, required }) => place === 'header' && (required || name === 'Idempotency-Key'))
    .map(({ name }) => (name === 'Idempotency-Key' ? `"${name}: $(uuidgen)"` : quoted(`${name}: "7"`)));
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(origin + filled + (query.length > 0 ? `?${query.join('&')}` : ''))}`,
    ...(auth === 'public' ? [] : [`-H "Authorization: Bearer ${keys[auth]}"`]),
    ...headers.map((header) => `-H ${header}`),
    ...(body ? [`-H 'Content-Type: ${body.type}'`, `-d ${quoted(JSON.stringify(body.example ?? {}, null, 2))}`] : []),
  ].join(' \\\n  ');
}
