import * as z from 'zod';
import {
  closureAnswer,
  closureId,
  closurePreview,
  closurePreviewRequest,
  closureReport,
  closureRequest,
  closuresAnswer,
} from '../closures.ts';
import { centerId } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const centerPath = z.strictObject({ centerId });
const closurePath = z.strictObject({ centerId, closureId });

export const previewClosure = endpoint({
  method: 'POST',
  path: '/v1/centers/{centerId}/closures/preview',
  auth: 'signed-in',
  summary: 'Who would be affected by a closure, and what each would get as things stand. Nothing is closed.',
  summaryZh: '关闭会影响谁，按现状各会得到什么；不会关闭。',
  pathParams: centerPath,
  body: closurePreviewRequest,
  answers: { 200: closurePreview },
  problems: ['forbidden', 'not-found', 'in-the-past'],
});

export const createClosure = endpoint({
  method: 'POST',
  path: '/v1/centers/{centerId}/closures',
  auth: 'signed-in',
  summary:
    'Close a room or another resource, whole days, or a session: nothing new is booked there, everybody affected is offered an equal place or gets their price back, and is told.',
  summaryZh: '关闭场地等资源、整日或一个场次：停止新预约，受影响的人改约同等名额或退款，并得到通知。',
  pathParams: centerPath,
  body: closureRequest,
  answers: { 201: closureAnswer },
  problems: ['forbidden', 'not-found', 'in-the-past'],
  idempotencyKey: 'required',
});

export const listClosures = endpoint({
  method: 'GET',
  path: '/v1/centers/{centerId}/closures',
  auth: 'signed-in',
  summary: 'The closures of a center, for its staff; the newest first.',
  summaryZh: '一个中心的关闭安排，供其工作人员查看，最新的在前。',
  pathParams: centerPath,
  answers: { 200: closuresAnswer },
  problems: ['forbidden'],
});

export const readClosure = endpoint({
  method: 'GET',
  path: '/v1/centers/{centerId}/closures/{closureId}',
  auth: 'signed-in',
  summary: 'A closure with what became of everybody affected; it adds up.',
  summaryZh: '一次关闭和每个受影响者的结果，数目相符。',
  pathParams: closurePath,
  answers: { 200: closureReport },
  problems: ['forbidden', 'not-found'],
});

export const liftClosure = endpoint({
  method: 'POST',
  path: '/v1/centers/{centerId}/closures/{closureId}/lift',
  auth: 'signed-in',
  summary: 'Open again what a closure has shut, as far as no other closure shuts it too; who was moved stays moved.',
  summaryZh: '重新开放已关闭的部分，未被其他关闭覆盖者；已改约的不再改回。',
  pathParams: closurePath,
  answers: { 200: closureAnswer },
  problems: ['forbidden', 'not-found'],
});
