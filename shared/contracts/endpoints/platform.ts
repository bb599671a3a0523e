import * as z from 'zod';
import { endpoint } from '../endpoint.ts';

export const readOpenApiDocument = endpoint({
  method: 'GET',
  path: '/v1/openapi.json',
  auth: 'public',
  summary: 'This document: every route, its contract and its refusals.',
  summaryZh: '本文档：每个接口、它的约定和拒绝理由。',
  answers: { 200: z.record(z.string(), z.unknown()) },
});

export const readHealth = endpoint({
  method: 'GET',
  path: '/v1/health',
  auth: 'public',
  summary: 'Whether the city answers, and what time it thinks it is.',
  summaryZh: '系统是否正常，以及系统认为的时间。',
  answers: { 200: z.object({ status: z.literal('ok'), now: z.iso.datetime() }) },
});
