import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from './parents.tsx';

const problem = createRoute({
  getParentRoute: () => shell,
  path: '/problems/$code',
  component: lazyRouteComponent(() => import('../../features/help/problem-screen.tsx'), 'ProblemScreen'),
});

const apiDocs = createRoute({
  getParentRoute: () => shell,
  path: '/api-docs',
  component: lazyRouteComponent(() => import('../../features/help/api-docs-screen.tsx'), 'ApiDocsScreen'),
});

export const helpRoutes = [problem, apiDocs] as const;
