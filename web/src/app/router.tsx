import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { isIsoDate } from '../../../shared/kernel/days.ts';
import { LoadingPage } from '../components/loading.tsx';
import { HomeScreen } from '../features/centers/home-screen.tsx';
import { centerKindList, cityDistricts, isService } from '../lib/city.ts';
import { signedInPersonId } from '../lib/tokens.ts';
import { ErrorScreen } from './error-screen.tsx';
import { Shell } from './layout/shell.tsx';
import { NotFoundPage, NotFoundScreen } from './not-found-screen.tsx';

/**
 * Every address of the web, in one table. A screen is a chunk of its own, except the first; search parameters are checked here, so
 * that a screen never sees one that makes no sense.
 */
const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

/** Pages with header and footer. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: () => <Shell /> });

/** Whoever has not signed in does so first and comes back. */
function mustBeSignedIn({ location }: { location: { href: string } }): void {
  if (!signedInPersonId()) throw redirect({ to: '/sign-in', search: { from: location.href }, replace: true });
}

/** Pages for people who have signed in. */
const signedIn = createRoute({ getParentRoute: () => shell, id: 'signed-in', beforeLoad: mustBeSignedIn });

type Search = Record<string, unknown>;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const oneOf = <T extends string>(list: readonly T[], value: unknown): T | undefined => list.find((it) => it === value);
const date = (value: unknown) => (typeof value === 'string' && isIsoDate(value) ? value : undefined);
const clock = (value: unknown) => (typeof value === 'string' && /^\d{2}:\d{2}$/.test(value) ? value : undefined);
/** Leaves out what is not there, so that addresses stay short. */
const only = <T extends object>(search: T): Partial<T> =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Partial<T>;

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: (search: Search) =>
    only({
      service: isService(search['service']) ? search['service'] : undefined,
      district: oneOf(cityDistricts, search['district']),
      kind: oneOf(centerKindList, search['kind']),
    }),
  component: HomeScreen,
});

const center = createRoute({
  getParentRoute: () => shell,
  path: '/centers/$centerId',
  validateSearch: (search: Search) =>
    only({
      service: isService(search['service']) ? search['service'] : undefined,
      date: date(search['date']),
      show: oneOf(['sessions', 'rooms'], search['show']),
    }),
  component: lazyRouteComponent(() => import('../features/centers/center-screen.tsx'), 'CenterScreen'),
});

const signIn = createRoute({
  getParentRoute: () => shell,
  path: '/sign-in',
  validateSearch: (search: Search) => only({ from: text(search['from']) }),
  component: lazyRouteComponent(() => import('../features/identity/sign-in-screen.tsx'), 'SignInScreen'),
});

const session = createRoute({
  getParentRoute: () => shell,
  path: '/sessions/$sessionId',
  validateSearch: (search: Search) => only({ booked: text(search['booked']) }),
  component: lazyRouteComponent(() => import('./screens/session-screen.tsx'), 'SessionScreen'),
});

const room = createRoute({
  getParentRoute: () => shell,
  path: '/rooms/$roomId',
  validateSearch: (search: Search) =>
    only({ date: date(search['date']), start: clock(search['start']), booked: text(search['booked']) }),
  component: lazyRouteComponent(() => import('../features/rooms/room-screen.tsx'), 'RoomScreen'),
});

const roomsWeek = createRoute({
  getParentRoute: () => shell,
  path: '/centers/$centerId/rooms',
  validateSearch: (search: Search) => only({ date: date(search['date']) }),
  component: lazyRouteComponent(() => import('../features/rooms/rooms-week-screen.tsx'), 'RoomsWeekScreen'),
});

const bookings = createRoute({
  getParentRoute: () => signedIn,
  path: '/bookings',
  validateSearch: (search: Search) => only({ when: oneOf(['coming', 'past'], search['when']) }),
  component: lazyRouteComponent(() => import('../features/bookings/bookings-screen.tsx'), 'BookingsScreen'),
});

const booking = createRoute({
  getParentRoute: () => signedIn,
  path: '/bookings/$personId/$bookingId',
  component: lazyRouteComponent(() => import('../features/bookings/booking-screen.tsx'), 'BookingScreen'),
});

const checkout = createRoute({
  getParentRoute: () => signedIn,
  path: '/checkout',
  validateSearch: (search: Search) => only({ booked: text(search['booked']) }),
  component: lazyRouteComponent(() => import('./screens/checkout-screen.tsx'), 'CheckoutScreen'),
});

const order = createRoute({
  getParentRoute: () => signedIn,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('../features/checkout/order-screen.tsx'), 'OrderScreen'),
});

const household = createRoute({
  getParentRoute: () => signedIn,
  path: '/household',
  component: lazyRouteComponent(() => import('../features/people/household-screen.tsx'), 'HouseholdScreen'),
});

const member = createRoute({
  getParentRoute: () => signedIn,
  path: '/household/$personId',
  component: lazyRouteComponent(() => import('../features/people/person-screen.tsx'), 'PersonScreen'),
});

const profile = createRoute({
  getParentRoute: () => signedIn,
  path: '/profile',
  component: lazyRouteComponent(() => import('../features/people/profile-screen.tsx'), 'ProfileScreen'),
});

const desks = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk',
  component: lazyRouteComponent(() => import('../features/desk/desk-screen.tsx'), 'DeskScreen'),
});

const desk = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId',
  validateSearch: (search: Search) => only({ date: date(search['date']) }),
  component: lazyRouteComponent(() => import('../features/desk/board-screen.tsx'), 'BoardScreen'),
});

const approvals = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/approvals',
  component: lazyRouteComponent(() => import('../features/holds/approvals-screen.tsx'), 'ApprovalsScreen'),
});

const appeals = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/appeals',
  component: lazyRouteComponent(() => import('../features/no-shows/appeals-screen.tsx'), 'AppealsScreen'),
});

const waitlist = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/waitlist/$sessionId',
  component: lazyRouteComponent(() => import('../features/waitlist/waitlist-screen.tsx'), 'WaitlistScreen'),
});

const doors = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/doors',
  component: lazyRouteComponent(() => import('../features/doors/doors-screen.tsx'), 'DoorsScreen'),
});

const closures = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/closures',
  component: lazyRouteComponent(() => import('../features/closures/closures-screen.tsx'), 'ClosuresScreen'),
});

const closure = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/closures/$closureId',
  component: lazyRouteComponent(() => import('../features/closures/closure-screen.tsx'), 'ClosureScreen'),
});

const calendars = createRoute({
  getParentRoute: () => signedIn,
  path: '/calendars',
  validateSearch: (search: Search) => only({ room: text(search['room']), class: text(search['class']) }),
  component: lazyRouteComponent(() => import('../features/calendars/calendars-screen.tsx'), 'CalendarsScreen'),
});

const waiver = createRoute({
  getParentRoute: () => shell,
  path: '/waivers/$waiverId',
  validateSearch: (search: Search) => only({ for: text(search['for']) }),
  component: lazyRouteComponent(() => import('../features/waivers/waiver-screen.tsx'), 'WaiverScreen'),
});

const waivers = createRoute({
  getParentRoute: () => signedIn,
  path: '/waivers',
  component: lazyRouteComponent(() => import('../features/waivers/waivers-screen.tsx'), 'WaiversScreen'),
});

const newWaiver = createRoute({
  getParentRoute: () => signedIn,
  path: '/waivers/new',
  component: lazyRouteComponent(() => import('../features/waivers/new-waiver-screen.tsx'), 'NewWaiverScreen'),
});

const manageWaiver = createRoute({
  getParentRoute: () => signedIn,
  path: '/waivers/$waiverId/manage',
  component: lazyRouteComponent(() => import('../features/waivers/manage-waiver-screen.tsx'), 'ManageWaiverScreen'),
});

const operators = createRoute({
  getParentRoute: () => signedIn,
  path: '/operators',
  component: lazyRouteComponent(() => import('../features/operators/operators-screen.tsx'), 'OperatorsScreen'),
});

const operator = createRoute({
  getParentRoute: () => signedIn,
  path: '/operators/$operatorId',
  validateSearch: (search: Search) => only({ show: oneOf(['sessions', 'whitelist'], search['show']) }),
  component: lazyRouteComponent(() => import('../features/operators/operator-screen.tsx'), 'OperatorScreen'),
});

const roster = createRoute({
  getParentRoute: () => signedIn,
  path: '/operators/$operatorId/roster',
  validateSearch: (search: Search) => only({ session: text(search['session']) }),
  component: lazyRouteComponent(() => import('../features/operators/roster-screen.tsx'), 'RosterScreen'),
});

const limits = createRoute({
  getParentRoute: () => signedIn,
  path: '/officer/limits',
  component: lazyRouteComponent(() => import('../features/people/limits/limits-screen.tsx'), 'LimitsScreen'),
});

const cityRules = createRoute({
  getParentRoute: () => signedIn,
  path: '/officer/rules',
  component: lazyRouteComponent(() => import('../features/allowances/rules-screen.tsx'), 'RulesScreen'),
});

const allowances = createRoute({
  getParentRoute: () => signedIn,
  path: '/allowances',
  component: lazyRouteComponent(() => import('../features/allowances/allowances-screen.tsx'), 'AllowancesScreen'),
});

const deskPasses = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/passes',
  component: lazyRouteComponent(() => import('../features/allowances/desk-passes-screen.tsx'), 'DeskPassesScreen'),
});

const rounds = createRoute({
  getParentRoute: () => shell,
  path: '/rounds',
  component: lazyRouteComponent(() => import('../features/rounds/rounds-screen.tsx'), 'RoundsScreen'),
});

const round = createRoute({
  getParentRoute: () => shell,
  path: '/rounds/$roundId',
  component: lazyRouteComponent(() => import('../features/rounds/round-screen.tsx'), 'RoundScreen'),
});

const publication = createRoute({
  getParentRoute: () => shell,
  path: '/rounds/$roundId/publication',
  component: lazyRouteComponent(() => import('../features/rounds/publication-screen.tsx'), 'PublicationScreen'),
});

const newRound = createRoute({
  getParentRoute: () => signedIn,
  path: '/rounds/new',
  component: lazyRouteComponent(() => import('../features/rounds/new-round-screen.tsx'), 'NewRoundScreen'),
});

const manageRound = createRoute({
  getParentRoute: () => signedIn,
  path: '/rounds/$roundId/manage',
  component: lazyRouteComponent(() => import('../features/rounds/manage-screen.tsx'), 'ManageRoundScreen'),
});

const seriesList = createRoute({
  getParentRoute: () => signedIn,
  path: '/series',
  component: lazyRouteComponent(() => import('../features/series/series-list-screen.tsx'), 'SeriesListScreen'),
});

const newSeries = createRoute({
  getParentRoute: () => signedIn,
  path: '/series/new',
  validateSearch: (search: Search) =>
    only({
      room: text(search['room']),
      offering: text(search['offering']),
      date: date(search['date']),
      startsAt: clock(search['startsAt']),
      endsAt: clock(search['endsAt']),
      use: text(search['use']),
      with: text(search['with']),
      desk: search['desk'] === true ? true : undefined,
    }),
  component: lazyRouteComponent(() => import('../features/series/new-series-screen.tsx'), 'NewSeriesScreen'),
});

const oneSeries = createRoute({
  getParentRoute: () => signedIn,
  path: '/series/$seriesId',
  component: lazyRouteComponent(() => import('../features/series/series-screen.tsx'), 'SeriesScreen'),
});

/** For paper: without header and footer. */
const slip = createRoute({
  getParentRoute: () => root,
  path: '/slip/$tickets',
  beforeLoad: mustBeSignedIn,
  component: lazyRouteComponent(() => import('../features/bookings/slip-screen.tsx'), 'SlipScreen'),
});

const problem = createRoute({
  getParentRoute: () => shell,
  path: '/problems/$code',
  component: lazyRouteComponent(() => import('../features/help/problem-screen.tsx'), 'ProblemScreen'),
});

const apiDocs = createRoute({
  getParentRoute: () => shell,
  path: '/api-docs',
  component: lazyRouteComponent(() => import('../features/help/api-docs-screen.tsx'), 'ApiDocsScreen'),
});

const routeTree = root.addChildren([
  shell.addChildren([
    home,
    center,
    session,
    room,
    roomsWeek,
    signIn,
    problem,
    apiDocs,
    rounds,
    round,
    publication,
    waiver,
    signedIn.addChildren([
      bookings,
      booking,
      checkout,
      order,
      seriesList,
      newSeries,
      oneSeries,
      household,
      member,
      profile,
      desks,
      desk,
      approvals,
      appeals,
      waitlist,
      doors,
      closures,
      closure,
      calendars,
      operators,
      operator,
      roster,
      limits,
      cityRules,
      allowances,
      deskPasses,
      newRound,
      manageRound,
      waivers,
      newWaiver,
      manageWaiver,
    ]),
  ]),
  slip,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: LoadingPage,
  defaultErrorComponent: ErrorScreen,
  defaultNotFoundComponent: NotFoundScreen,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
