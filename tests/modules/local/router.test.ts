import { expect, it } from 'vitest';
import { routerFor } from '../../../local/http/router.ts';

const routes = [
  '$default',
  'ANY /v1/{proxy+}',
  'GET /v1/centers/{centerId}',
  'GET /v1/centers/nearby',
  'GET /v1/centers/{centerId}/rooms/{roomId}',
  'POST /v1/centers/{centerId}',
].map((routeKey) => ({ routeKey, functionArn: routeKey }));

const find = routerFor(routes);

it('takes the most exact route, whatever the order of the template', () => {
  expect(find('GET', '/v1/centers/nearby')?.routeKey).toBe('GET /v1/centers/nearby');
  expect(find('GET', '/v1/centers/yuhu')).toMatchObject({
    routeKey: 'GET /v1/centers/{centerId}',
    pathParameters: { centerId: 'yuhu' },
  });
  expect(find('POST', '/v1/centers/nearby')?.routeKey).toBe('POST /v1/centers/{centerId}');
});

it('gives a greedy route the rest of the path, and $default what is left', () => {
  expect(find('DELETE', '/v1/a/b/c')?.pathParameters).toEqual({ proxy: 'a/b/c' });
  expect(find('GET', '/elsewhere')).toEqual({
    routeKey: '$default',
    functionArn: '$default',
    pathParameters: undefined,
  });
  expect(routerFor([])('GET', '/')).toBeUndefined();
});

it('decodes path parameters, and matches no path that cannot be decoded', () => {
  expect(find('GET', '/v1/centers/%E7%8E%89%E6%B9%96')?.pathParameters).toEqual({ centerId: '玉湖' });
  expect(find('GET', '/v1/centers/%E7/rooms/%')?.routeKey).toBe('$default');
});

it('matches no empty segment', () => {
  expect(find('GET', '/v1/centers//rooms/x')?.routeKey).toBe('ANY /v1/{proxy+}');
});
