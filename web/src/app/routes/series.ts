import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from './parents.tsx';
import { clock, date, only, type Search, text } from './search.ts';

const seriesList = createRoute({
  getParentRoute: () => signedIn,
  path: '/series',
  component: lazyRouteComponent(() => import('../../features/series/series-list-screen.tsx'), 'SeriesListScreen'),
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
  component: lazyRouteComponent(() => import('../../features/series/new-series-screen.tsx'), 'NewSeriesScreen'),
});

const oneSeries = createRoute({
  getParentRoute: () => signedIn,
  path: '/series/$seriesId',
  component: lazyRouteComponent(() => import('../../features/series/series-screen.tsx'), 'SeriesScreen'),
});

export const seriesRoutes = [seriesList, newSeries, oneSeries] as const;
