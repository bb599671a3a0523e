import type { CityUnderTest } from '../city.ts';
import type { Hands } from './hands.ts';
import { type Scene, sessionAt } from './story.ts';

/** Everybody who asks, by the code of the small city's sheets. */
const askers = [
  undefined,
  'lin',
  'chen',
  'wang',
  'zhou',
  'elder',
  'staff',
  'elsewhere',
  'operator',
  'officer',
  'admin',
] as const;

/** What was answered to whom; of a refusal its code. */
export type Answered = {
  readonly who: string | null;
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
};

/** Everything of the story that can be read. */
export function readsOf(hands: Hands, scene: Scene): string[] {
  const { id } = hands;
  const why = `reason=${encodeURIComponent('电话核实')}`;
  const people = ['lin', 'lin-jie', 'lin-di', 'chen-er', 'wang', 'wang-er', 'elder', 'baby', 'card-only'].map(id);
  const ofPerson = (personId: string) => [
    ...['', `/limits`].map((what) => `/v1/people/${personId}${what}?${why}`),
    ...['grants', 'standing', 'waivers', 'allowances', 'statement?month=2026-03'].map(
      (what) => `/v1/people/${personId}/${what}`,
    ),
  ];
  const bookings = [
    ['elder', scene['room']],
    ['lin', scene['pricedRoom']],
    ['lin', scene['canceledRoom']],
    ['lin-jie', scene['booking']],
    ['lin-jie', scene['paidByPass']],
    ['lin-di', scene['missed']],
    ['operator', scene['organizationRoom']],
    ['wang', scene['closedRoom']],
  ].map(([whose = '', bookingId]) => `/v1/people/${id(whose)}/bookings/${bookingId}`);
  const yuhu = (what: string) => `/v1/centers/yuhu/${what}`;
  const closures = ['closure', 'sessionClosure', 'dayClosure'].map((code) => yuhu(`closures/${scene[code]}`));
  const orders = ['order', 'heldRoom', 'offer', 'paymentHold', 'approvalHold'].map(
    (code) => `/v1/orders/${scene[code]}`,
  );
  const dances = ['2026-03-11', '2026-03-18', '2026-03-22'].map((date) =>
    sessionAt('yuhu.shiguang.dance', date, '18:30'),
  );
  const drawn = `/v1/rounds/${scene['drawnRound']}`;
  const open = `/v1/rounds/${scene['openRound']}`;
  return [
    ...[
      '/.well-known/jwks.json',
      '/v1/me',
      '/v1/rules',
      '/v1/pass-kinds',
      '/v1/waivers',
      '/v1/rounds',
      '/v1/operators',
    ],
    ...['/v1/centers', '/v1/centers/yuhu', '/v1/centers/xiuyu'],
    ...['opening?from=2026-03-10', 'sessions?from=2026-03-10&days=14', 'sessions?from=2026-03-02'].map(yuhu),
    ...['rooms-week?week=2026-W11', 'rooms-week?week=2026-W12', 'approvals', 'no-show-appeals', 'door-keys'].map(yuhu),
    ...['board?date=2026-03-10', 'board?date=2026-03-11', 'closures'].map(yuhu),
    ...closures,
    ...['yuhu.hall', 'yuhu.studio', 'xiuyu.hall'].map((room) => `/v1/rooms/${room}/availability?from=2026-03-16`),
    ...dances.flatMap((session) => [`/v1/sessions/${session}`, `/v1/sessions/${session}/waiting-decisions`]),
    ...['/v1/bookings', '/v1/bookings?when=past', '/v1/waiting', '/v1/invitations', '/v1/calendar-feeds', '/v1/series'],
    ...['series', 'classSeries', 'heldSeries'].map((code) => `/v1/series/${scene[code]}`),
    ...bookings,
    ...bookings.flatMap((path) => [`${path}/cancellation`, `${path}/calendar.ics`]),
    ...bookings.slice(0, 1).map((path) => `${path}/entry-code`),
    ...orders,
    ...people.flatMap(ofPerson),
    ...['household', 'linHousehold'].map((code) => `/v1/households/${scene[code]}`),
    ...['kind=center-staff&of=yuhu', 'kind=operator-staff&of=shiguang', 'kind=platform-admin'].map(
      (of) => `/v1/posts?${of}`,
    ),
    '/v1/service-accounts?kind=center-staff&of=yuhu',
    ...['', '/applications', '/claims', '/publication'].flatMap((what) => [drawn + what, open + what]),
    ...['/v1/waivers/care', '/v1/waivers/photos?version=1', '/v1/operators/shiguang'],
    '/v1/operators/shiguang/sessions?from=2026-03-10',
    `/v1/operators/shiguang/sessions/${sessionAt('yuhu.shiguang.art', '2026-03-14', '13:30')}/roster`,
    ...[scene['feed'] ?? '', scene['roomFeed'] ?? ''],
    // Last, because they tell who of the staff has asked for all of the above.
    ...people.map((personId) => `/v1/people/${personId}/reads`),
  ];
}

/** Who asks for what. */
export type Asked = Pick<Answered, 'who' | 'path'>;

export const asEverybody = (paths: readonly string[]): Asked[] =>
  paths.flatMap((path) => askers.map((who) => ({ who: who ?? null, path })));

/**
 * Asks one after the other: what is logged of it is the same each time, and one environment of each function is enough, where at once
 * there would be more of them than a city keeps.
 */
export async function readAll(hands: Hands, asked: readonly Asked[]): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const one of asked) answers.push(await read(hands, one));
  return answers;
}

async function read(hands: Hands, { who, path }: Asked): Promise<Answered> {
  const { status, body, text } = await hands.ask(who ?? undefined, 'GET', path);
  return { who, path, status, body: status < 300 ? (body ?? text) : body?.code };
}

/** Of several who are refused in the same words, the first is enough. */
export function withoutRepeatedRefusals(answers: readonly Answered[]): Answered[] {
  const told = new Set<string>();
  return answers.filter(({ path, status, body }) => {
    const refusal = `${path} ${body}`;
    if (status < 300) return true;
    return !told.has(refusal) && told.add(refusal);
  });
}

/** Routes of the city's own document that nothing of `done` has been asked of. */
export async function routesMissed(
  city: CityUnderTest,
  done: readonly { readonly method: string; readonly path: string }[],
): Promise<string[]> {
  const { paths } = (await city.get('/v1/openapi.json')).body as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([template, methods]) => {
    const fits = new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
    return Object.keys(methods)
      .map((name) => name.toUpperCase())
      .filter((method) => !done.some((one) => one.method === method && fits.test(one.path)))
      .map((method) => `${method} ${template}`);
  });
}
