import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { HomeScreen } from '../../features/centers/home-screen.tsx';
import { centerKindList, cityDistricts, isService } from '../../lib/city.ts';
import { shell } from './parents.tsx';
import { clock, date, oneOf, only, type Search, text } from './search.ts';

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: (search: Search) =>
    only({
      service: isService(search['service']) ? search['service'] : undefined,
      district: oneOf(cityDistricts, search['district']),
      kind: oneOf(centerKindList, search['kind']),
    }),
  component: HomeScreen,
});

const center = createRoute({
  getParentRoute: () => shell,
  path: '/centers/$centerId',
  validateSearch: (search: Search) =>
    only({
      service: isService(search['service']) ? search['service'] : undefined,
      date: date(search['date']),
      show: oneOf(['sessions', 'rooms'], search['show']),
    }),
  component: lazyRouteComponent(() => import('../../features/centers/center-screen.tsx'), 'CenterScreen'),
});

const session = createRoute({
  getParentRoute: () => shell,
  path: '/sessions/$sessionId',
  validateSearch: (search: Search) => only({ booked: text(search['booked']) }),
  component: lazyRouteComponent(() => import('../screens/session-screen.tsx'), 'SessionScreen'),
});

const room = createRoute({
  getParentRoute: () => shell,
  path: '/rooms/$roomId',
  validateSearch: (search: Search) =>
    only({ date: date(search['date']), start: clock(search['start']), booked: text(search['booked']) }),
  component: lazyRouteComponent(() => import('../../features/rooms/room-screen.tsx'), 'RoomScreen'),
});

const roomsWeek = createRoute({
  getParentRoute: () => shell,
  path: '/centers/$centerId/rooms',
  validateSearch: (search: Search) => only({ date: date(search['date']) }),
  component: lazyRouteComponent(() => import('../../features/rooms/rooms-week-screen.tsx'), 'RoomsWeekScreen'),
});

export const centerRoutes = [home, center, session, room, roomsWeek] as const;
