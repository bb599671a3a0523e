import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell, signedIn } from './parents.tsx';
import { only, type Search, text } from './search.ts';

const waiver = createRoute({
  getParentRoute: () => shell,
  path: '/waivers/$waiverId',
  validateSearch: (search: Search) => only({ for: text(search['for']) }),
  component: lazyRouteComponent(() => import('../../features/waivers/waiver-screen.tsx'), 'WaiverScreen'),
});

const waivers = createRoute({
  getParentRoute: () => signedIn,
  path: '/waivers',
  component: lazyRouteComponent(() => import('../../features/waivers/waivers-screen.tsx'), 'WaiversScreen'),
});

const newWaiver = createRoute({
  getParentRoute: () => signedIn,
  path: '/waivers/new',
  component: lazyRouteComponent(() => import('../../features/waivers/new-waiver-screen.tsx'), 'NewWaiverScreen'),
});

const manageWaiver = createRoute({
  getParentRoute: () => signedIn,
  path: '/waivers/$waiverId/manage',
  component: lazyRouteComponent(() => import('../../features/waivers/manage-waiver-screen.tsx'), 'ManageWaiverScreen'),
});

export const openWaiverRoutes = [waiver] as const;
export const waiverRoutes = [waivers, newWaiver, manageWaiver] as const;
