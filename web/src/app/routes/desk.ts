import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from './parents.tsx';
import { date, only, type Search } from './search.ts';

const desks = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk',
  component: lazyRouteComponent(() => import('../../features/desk/desk-screen.tsx'), 'DeskScreen'),
});

const desk = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId',
  validateSearch: (search: Search) => only({ date: date(search['date']) }),
  component: lazyRouteComponent(() => import('../../features/desk/board-screen.tsx'), 'BoardScreen'),
});

const approvals = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/approvals',
  component: lazyRouteComponent(() => import('../../features/holds/approvals-screen.tsx'), 'ApprovalsScreen'),
});

const appeals = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/appeals',
  component: lazyRouteComponent(() => import('../../features/no-shows/appeals-screen.tsx'), 'AppealsScreen'),
});

const waitlist = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/waitlist/$sessionId',
  component: lazyRouteComponent(() => import('../../features/waitlist/waitlist-screen.tsx'), 'WaitlistScreen'),
});

const doors = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/doors',
  component: lazyRouteComponent(() => import('../../features/doors/doors-screen.tsx'), 'DoorsScreen'),
});

const closures = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/closures',
  component: lazyRouteComponent(() => import('../../features/closures/closures-screen.tsx'), 'ClosuresScreen'),
});

const closure = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/closures/$closureId',
  component: lazyRouteComponent(() => import('../../features/closures/closure-screen.tsx'), 'ClosureScreen'),
});

const deskPasses = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$centerId/passes',
  component: lazyRouteComponent(() => import('../../features/allowances/desk-passes-screen.tsx'), 'DeskPassesScreen'),
});

export const deskRoutes = [desks, desk, approvals, appeals, waitlist, doors, closures, closure, deskPasses] as const;
