import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from './parents.tsx';
import { oneOf, only, type Search, text } from './search.ts';

const operators = createRoute({
  getParentRoute: () => signedIn,
  path: '/operators',
  component: lazyRouteComponent(() => import('../../features/operators/operators-screen.tsx'), 'OperatorsScreen'),
});

const operator = createRoute({
  getParentRoute: () => signedIn,
  path: '/operators/$operatorId',
  validateSearch: (search: Search) => only({ show: oneOf(['sessions', 'whitelist'], search['show']) }),
  component: lazyRouteComponent(() => import('../../features/operators/operator-screen.tsx'), 'OperatorScreen'),
});

const roster = createRoute({
  getParentRoute: () => signedIn,
  path: '/operators/$operatorId/roster',
  validateSearch: (search: Search) => only({ session: text(search['session']) }),
  component: lazyRouteComponent(() => import('../../features/operators/roster-screen.tsx'), 'RosterScreen'),
});

export const operatorRoutes = [operators, operator, roster] as const;
