import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell, signedIn } from './parents.tsx';

const rounds = createRoute({
  getParentRoute: () => shell,
  path: '/rounds',
  component: lazyRouteComponent(() => import('../../features/rounds/rounds-screen.tsx'), 'RoundsScreen'),
});

const round = createRoute({
  getParentRoute: () => shell,
  path: '/rounds/$roundId',
  component: lazyRouteComponent(() => import('../../features/rounds/round-screen.tsx'), 'RoundScreen'),
});

const publication = createRoute({
  getParentRoute: () => shell,
  path: '/rounds/$roundId/publication',
  component: lazyRouteComponent(() => import('../../features/rounds/publication-screen.tsx'), 'PublicationScreen'),
});

const newRound = createRoute({
  getParentRoute: () => signedIn,
  path: '/rounds/new',
  component: lazyRouteComponent(() => import('../../features/rounds/new-round-screen.tsx'), 'NewRoundScreen'),
});

const manageRound = createRoute({
  getParentRoute: () => signedIn,
  path: '/rounds/$roundId/manage',
  component: lazyRouteComponent(() => import('../../features/rounds/manage-screen.tsx'), 'ManageRoundScreen'),
});

export const openRoundRoutes = [rounds, round, publication] as const;
export const roundRoutes = [newRound, manageRound] as const;
