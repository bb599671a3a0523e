import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from './parents.tsx';
import { only, type Search, text } from './search.ts';

const signIn = createRoute({
  getParentRoute: () => shell,
  path: '/sign-in',
  validateSearch: (search: Search) => only({ from: text(search['from']) }),
  component: lazyRouteComponent(() => import('../../features/identity/sign-in-screen.tsx'), 'SignInScreen'),
});

export const identityRoutes = [signIn] as const;
