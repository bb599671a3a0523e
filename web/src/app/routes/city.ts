import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from './parents.tsx';

const limits = createRoute({
  getParentRoute: () => signedIn,
  path: '/officer/limits',
  component: lazyRouteComponent(() => import('../../features/people/limits/limits-screen.tsx'), 'LimitsScreen'),
});

const cityRules = createRoute({
  getParentRoute: () => signedIn,
  path: '/officer/rules',
  component: lazyRouteComponent(() => import('../../features/allowances/rules-screen.tsx'), 'RulesScreen'),
});

const serviceAccounts = createRoute({
  getParentRoute: () => signedIn,
  path: '/officer/service-accounts',
  component: lazyRouteComponent(
    () => import('../../features/service-accounts/service-accounts-screen.tsx'),
    'ServiceAccountsScreen',
  ),
});

export const cityRoutes = [limits, cityRules, serviceAccounts] as const;
