import * as z from 'zod';
import { allowancesAnswer, allowancesQuery, cityRulesAnswer, cityRulesChange } from '../city-rules.ts';
import { personId } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import {
  fundAnswer,
  fundGive,
  passAnswer,
  passId,
  passIssue,
  passKindsAnswer,
  passKindsChange,
  statementAnswer,
  statementQuery,
} from '../passes.ts';

const onePerson = z.strictObject({ personId });
const changes = ['forbidden', 'precondition-required', 'precondition-failed'] as const;

export const readCityRules = endpoint({
  method: 'GET',
  path: '/v1/rules',
  auth: 'public',
  summary: 'What the city has set for itself: how far ahead one books, fair use with its source and dates, groups.',
  summaryZh: '全市自定的规则：可提前多久预约、公平使用（含来源和日期）、优先组。',
  answers: { 200: cityRulesAnswer },
  version: 'shown',
});

export const changeCityRules = endpoint({
  method: 'PUT',
  path: '/v1/rules',
  auth: 'signed-in',
  summary: 'A bureau sets the rules of the city anew; they count from the next booking on. Needs If-Match.',
  summaryZh: '主管部门重设全市规则，从下一次预约起生效；须带 If-Match。',
  body: cityRulesChange,
  answers: { 200: cityRulesAnswer },
  problems: changes,
  version: 'required',
});

export const listPassKinds = endpoint({
  method: 'GET',
  path: '/v1/pass-kinds',
  auth: 'public',
  summary: 'The kinds of pass that the city sells: units, validity, price, and the parts it may be paid in.',
  summaryZh: '全市出售的次卡种类：次数、有效期、价格和可分期的部分。',
  answers: { 200: passKindsAnswer },
  version: 'shown',
});

export const changePassKinds = endpoint({
  method: 'PUT',
  path: '/v1/pass-kinds',
  auth: 'signed-in',
  summary: 'A bureau sets the kinds of pass anew; passes that people hold stay as they were issued. Needs If-Match.',
  summaryZh: '主管部门重设次卡种类，已发的次卡不变；须带 If-Match。',
  body: passKindsChange,
  answers: { 200: passKindsAnswer },
  problems: changes,
  version: 'required',
});

export const readAllowances = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/allowances',
  auth: 'signed-in',
  summary: 'What a person has used of each allowance, what is left and when it starts anew; their passes and funds.',
  summaryZh: '某人各项额度已用多少、还剩多少、何时重新计算，以及次卡和资助。',
  pathParams: onePerson,
  query: allowancesQuery,
  answers: { 200: allowancesAnswer },
  problems: ['no-authority', 'not-found'],
});

export const issuePass = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/passes',
  auth: 'signed-in',
  summary: 'Staff issue a pass, paid whole or part by part; the price is kept as a quote.',
  summaryZh: '工作人员发放次卡，一次付清或分期；价格作为报价留存。',
  pathParams: onePerson,
  body: passIssue,
  answers: { 201: passAnswer },
  problems: ['forbidden', 'no-authority', 'not-found'],
  idempotencyKey: 'optional',
});

export const recordPaidPart = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/passes/{passId}/parts/{part}/paid',
  auth: 'signed-in',
  summary: 'Staff record that a part of a pass is paid; its units open. Twice is once.',
  summaryZh: '工作人员登记次卡某一期已付，对应次数随即可用；重复等于一次。',
  pathParams: z.strictObject({ personId, passId, part: z.coerce.number().int().min(1).max(24) }),
  answers: { 200: passAnswer },
  problems: ['forbidden', 'no-authority', 'not-found'],
});

export const giveFund = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/funds',
  auth: 'signed-in',
  summary: 'A bureau enters what a funder gives one person to pay for places: a scholarship.',
  summaryZh: '主管部门登记某资助方给一个人的资助款。',
  pathParams: onePerson,
  body: fundGive,
  answers: { 201: fundAnswer },
  problems: ['forbidden', 'no-authority', 'not-found'],
  idempotencyKey: 'optional',
});

export const readStatement = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/statement',
  auth: 'signed-in',
  summary: 'A month of a family: each booking with its price and who has paid which part of it.',
  summaryZh: '一个家庭一个月的账单：每项预约的价格和各方支付的部分。',
  pathParams: onePerson,
  query: statementQuery,
  answers: { 200: statementAnswer },
  problems: ['no-authority'],
});
