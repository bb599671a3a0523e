import { afterEach, describe, expect, test } from 'vitest';
import { callerOf } from '../../../shared/http/caller.ts';

const requestContext = { domainName: 'api.gateway', http: { sourceIp: '198.51.100.9' } } as Parameters<
  typeof callerOf
>[0]['requestContext'];
const forwarded = { 'x-forwarded-for': '10.9.9.9, 203.0.113.7, 198.51.100.9', 'x-linli-host': 'putian.example.cn' };

afterEach(() => {
  delete process.env['EDGE_SECRET'];
});

describe('who called', () => {
  test('is the viewer when the request came through the distribution, whatever the viewer claims to be', () => {
    process.env['EDGE_SECRET'] = 'known-to-the-edge';
    const headers = { ...forwarded, 'x-linli-edge': 'known-to-the-edge' };
    expect(callerOf({ headers, requestContext })).toEqual({ sourceIp: '203.0.113.7', host: 'putian.example.cn' });
  });

  test.each([
    ['a wrong secret', 'known-to-the-edge', { 'x-linli-edge': 'guessed' }],
    ['no secret', 'known-to-the-edge', {}],
    ['an empty one where there is no edge', '', { 'x-linli-edge': '' }],
  ])('with %s is whom the gateway saw', (_, secret, sent) => {
    process.env['EDGE_SECRET'] = secret;
    const caller = callerOf({ headers: { ...forwarded, ...sent }, requestContext });
    expect(caller).toEqual({ sourceIp: '198.51.100.9', host: 'api.gateway' });
  });
});
