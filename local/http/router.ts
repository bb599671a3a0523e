import type { RouteSpec } from '../cloudformation/resources.ts';

export type Match = {
  readonly routeKey: string;
  readonly functionArn: string;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
};

type Entry = RouteSpec & { method: string; segments: readonly string[] };

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

/**
 * Finds the route of a request as an HTTP API does: the route with the most exact path wins, then one with variables, then a greedy
 * one (`{proxy+}`), then `$default`; a method of its own before `ANY`.
 */
export function routerFor(routes: readonly RouteSpec[]): (method: string, path: string) => Match | undefined {
  const entries = routes
    .filter(({ routeKey }) => routeKey !== '$default')
    .map((route): Entry => {
      const [method = '', path = ''] = route.routeKey.split(' ');
      return { ...route, method, segments: segmentsOf(path) };
    })
    .sort((a, b) => vagueness(a) - vagueness(b));
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  return (method, path) => {
    const segments = segmentsOf(path);
    for (const entry of entries) {
      if (entry.method !== method && entry.method !== 'ANY') continue;
      const parameters = parametersOf(entry.segments, segments);
      if (!parameters) continue;
      const pathParameters = Object.keys(parameters).length > 0 ? parameters : undefined;
      return { routeKey: entry.routeKey, functionArn: entry.functionArn, pathParameters };
    }
    return fallback && { ...fallback, pathParameters: undefined };
  };
}

/** Lower is more exact. */
function vagueness({ method, segments }: Entry): number {
  const greedy = segments.some((segment) => segment.endsWith('+}'));
  const variables = segments.filter((segment) => segment.startsWith('{')).length;
  return (greedy ? 1_000 : 0) + variables * 10 + (method === 'ANY' ? 1 : 0);
}

function parametersOf(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, wanted] of template.entries()) {
    const name = /^\{(\w+)(\+?)\}$/.exec(wanted);
    const given = segments[index];
    if (given === undefined || given === '') return undefined;
    if (!name) {
      if (wanted !== given) return undefined;
      continue;
    }
    const text = name[2] ? segments.slice(index).join('/') : given;
    const decoded = decodedOrUndefined(text);
    if (decoded === undefined) return undefined;
    parameters[name[1] ?? ''] = decoded;
    if (name[2]) return parameters;
  }
  return template.length === segments.length ? parameters : undefined;
}

function decodedOrUndefined(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
