import * as z from 'zod';
import { offeringId, personId } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { waiverId } from '../policy.ts';
import {
  personWaiversAnswer,
  signatureAnswer,
  waiverAnswer,
  waiverAsk,
  waiverAskAnswer,
  waiverPublish,
  waiverQuery,
  waiverSign,
  waiversAnswer,
} from '../waivers.ts';

export const listWaivers = endpoint({
  method: 'GET',
  path: '/v1/waivers',
  auth: 'public',
  summary: 'The waivers of the city and its centers, each in its current version.',
  summaryZh: '全市和各中心现行版本的同意书。',
  answers: { 200: waiversAnswer },
});

export const publishWaiver = endpoint({
  method: 'POST',
  path: '/v1/waivers',
  auth: 'signed-in',
  summary: 'Publish a version of a waiver; check-ins ask for it from now on.',
  summaryZh: '发布一份同意书的新版本，此后签到以它为准。',
  body: waiverPublish,
  answers: { 201: waiverAnswer },
  problems: ['forbidden', 'not-found', 'changed-meanwhile'],
});

export const readWaiver = endpoint({
  method: 'GET',
  path: '/v1/waivers/{waiverId}',
  auth: 'public',
  summary: 'A waiver with its text.',
  summaryZh: '一份同意书及其全文。',
  pathParams: z.strictObject({ waiverId }),
  query: waiverQuery,
  answers: { 200: waiverAnswer },
  problems: ['not-found'],
});

export const askForWaiver = endpoint({
  method: 'PUT',
  path: '/v1/waivers/{waiverId}/offerings/{offeringId}',
  auth: 'signed-in',
  summary: 'Say whether an offering asks for a waiver; check-ins follow from now on.',
  summaryZh: '设定某个服务项目是否要求签署同意书，此后签到照此执行。',
  pathParams: z.strictObject({ waiverId, offeringId }),
  body: waiverAsk,
  answers: { 200: waiverAskAnswer },
  problems: ['forbidden', 'not-found', 'changed-meanwhile'],
});

export const listPersonWaivers = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/waivers',
  auth: 'signed-in',
  summary: 'What a person has signed, and what they still have to sign for what they have booked.',
  summaryZh: '某人已签的同意书，以及为已约项目还需签署的同意书。',
  pathParams: z.strictObject({ personId }),
  answers: { 200: personWaiversAnswer },
  problems: ['no-authority'],
});

export const signWaiver = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/waivers/{waiverId}/sign',
  auth: 'signed-in',
  summary: 'Sign a waiver: the person, a guardian, or staff who hold the signed paper.',
  summaryZh: '签署同意书：本人、监护人，或持有纸质签名的工作人员。',
  pathParams: z.strictObject({ personId, waiverId }),
  body: waiverSign,
  answers: { 201: signatureAnswer },
  problems: ['no-authority', 'adults-only', 'not-found', 'waiver-outdated'],
});
