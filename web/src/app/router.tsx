import { createRouter } from '@tanstack/react-router';
import { LoadingPage } from '../components/loading.tsx';
import { ErrorScreen } from './error-screen.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import { bookingRoutes, paperRoutes } from './routes/bookings.ts';
import { centerRoutes } from './routes/centers.ts';
import { cityRoutes } from './routes/city.ts';
import { deskRoutes } from './routes/desk.ts';
import { helpRoutes } from './routes/help.ts';
import { identityRoutes } from './routes/identity.ts';
import { operatorRoutes } from './routes/operators.ts';
import { root, shell, signedIn } from './routes/parents.tsx';
import { peopleRoutes } from './routes/people.ts';
import { openRoundRoutes, roundRoutes } from './routes/rounds.ts';
import { seriesRoutes } from './routes/series.ts';
import { openWaiverRoutes, waiverRoutes } from './routes/waivers.ts';

/**
 * Every address of the web, area by area. A screen is a chunk of its own, except the first; search parameters are checked in the
 * route, so that a screen never sees one that makes no sense.
 */
const routeTree = root.addChildren([
  shell.addChildren([
    ...centerRoutes,
    ...identityRoutes,
    ...openRoundRoutes,
    ...openWaiverRoutes,
    ...helpRoutes,
    signedIn.addChildren([
      ...bookingRoutes,
      ...seriesRoutes,
      ...peopleRoutes,
      ...waiverRoutes,
      ...roundRoutes,
      ...deskRoutes,
      ...operatorRoutes,
      ...cityRoutes,
    ]),
  ]),
  ...paperRoutes,
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
