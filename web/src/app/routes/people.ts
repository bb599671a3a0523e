import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from './parents.tsx';

const household = createRoute({
  getParentRoute: () => signedIn,
  path: '/household',
  component: lazyRouteComponent(() => import('../../features/people/household-screen.tsx'), 'HouseholdScreen'),
});

const member = createRoute({
  getParentRoute: () => signedIn,
  path: '/household/$personId',
  component: lazyRouteComponent(() => import('../../features/people/person-screen.tsx'), 'PersonScreen'),
});

const profile = createRoute({
  getParentRoute: () => signedIn,
  path: '/profile',
  component: lazyRouteComponent(() => import('../../features/people/profile-screen.tsx'), 'ProfileScreen'),
});

const allowances = createRoute({
  getParentRoute: () => signedIn,
  path: '/allowances',
  component: lazyRouteComponent(() => import('../../features/allowances/allowances-screen.tsx'), 'AllowancesScreen'),
});

export const peopleRoutes = [household, member, profile, allowances] as const;
