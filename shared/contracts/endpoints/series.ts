import * as z from 'zod';
import { seriesId } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import {
  changePreviewAnswer,
  seriesAnswer,
  seriesChange,
  seriesListAnswer,
  seriesPreviewAnswer,
  seriesRequest,
} from '../series.ts';

const seriesPath = z.strictObject({ seriesId });
const making = ['no-authority', 'forbidden', 'not-found', 'series-rule', 'series-empty', 'series-too-long'] as const;

const changing = [
  ...['no-authority', 'in-the-past', 'occurrence-over', 'not-free-to-change'],
  ...['series-rule', 'series-empty', 'series-too-long'],
] as const;

export const previewSeries = endpoint({
  method: 'POST',
  path: '/v1/series/preview',
  auth: 'signed-in',
  summary: 'Each date of a series and what would become of it now; nothing is written.',
  summaryZh: '一个系列的每个日期现在会怎样；不会写入。',
  body: seriesRequest,
  answers: { 200: seriesPreviewAnswer },
  problems: making,
});

export const createSeries = endpoint({
  method: 'POST',
  path: '/v1/series',
  auth: 'signed-in',
  summary: 'Book a room or a class again and again; the answer says of each date what became of it.',
  summaryZh: '重复预约一个场地或课程；回答每个日期的结果。',
  body: seriesRequest,
  answers: { 201: seriesAnswer },
  problems: [...making],
  idempotencyKey: 'optional',
});

export const listSeries = endpoint({
  method: 'GET',
  path: '/v1/series',
  auth: 'signed-in',
  summary: 'Series of oneself and of everyone one may act for.',
  summaryZh: '本人和可代办的人的系列预约。',
  answers: { 200: seriesListAnswer },
});

export const readSeries = endpoint({
  method: 'GET',
  path: '/v1/series/{seriesId}',
  auth: 'signed-in',
  summary: 'A series with each of its dates as it stands.',
  summaryZh: '一个系列及其每个日期的现状。',
  pathParams: seriesPath,
  answers: { 200: seriesAnswer },
  problems: ['no-authority'],
});

export const continueSeries = endpoint({
  method: 'POST',
  path: '/v1/series/{seriesId}/continue',
  auth: 'signed-in',
  summary: 'Go on where a series was left off; nothing is booked twice.',
  summaryZh: '从上次中断处继续办理系列；不会重复预约。',
  pathParams: seriesPath,
  answers: { 200: seriesAnswer },
  problems: ['no-authority'],
});

export const changeSeries = endpoint({
  method: 'PATCH',
  path: '/v1/series/{seriesId}',
  auth: 'signed-in',
  summary:
    'Move, cancel or rename one occurrence, it and all that follow, or all, also by another rule; past and paid ones stay.',
  summaryZh: '更改、取消或改名：一次、此后各次或全部，也可换规则；已过去和已付费的不变。',
  pathParams: seriesPath,
  body: seriesChange,
  answers: { 200: seriesAnswer },
  problems: changing,
});

export const previewSeriesChange = endpoint({
  method: 'POST',
  path: '/v1/series/{seriesId}/preview',
  auth: 'signed-in',
  summary: 'What a change of a series would come to, date by date; nothing is written.',
  summaryZh: '更改系列会带来什么，逐个日期列出；不会写入。',
  pathParams: seriesPath,
  body: seriesChange,
  answers: { 200: changePreviewAnswer },
  problems: changing,
});
