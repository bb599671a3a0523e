import * as z from 'zod';
import { courtLimitId, grantId, nothing, personId, postId } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import {
  confirmedFact,
  courtLimitAnswer,
  courtLimitCreate,
  courtLimitLift,
  courtLimitsAnswer,
  courtLimitsQuery,
  grantAnswer,
  grantChange,
  grantCreate,
  grants,
  invitedAnswer,
  me as meAnswer,
  peopleAnswer,
  personAnswer,
  personByStaff,
  personQuery,
  personSearchByStaff,
  postAnswer,
  postCreate,
  postsAnswer,
  postsQuery,
  profileChange,
  readsAnswer,
} from '../people.ts';
import {
  serviceAccountCreate,
  serviceAccountCreated,
  serviceAccountsAnswer,
  serviceKeyRotated,
} from '../service-accounts.ts';

const onePerson = z.strictObject({ personId });
const oneAccount = z.strictObject({ accountId: personId });
const oneGrant = z.strictObject({ personId, grantId });

export const readMe = endpoint({
  method: 'GET',
  path: '/v1/me',
  auth: 'signed-in',
  summary: 'Who I am, whom I may act for, and the posts I hold.',
  summaryZh: '我是谁，可代谁办理，担任什么职务。',
  answers: { 200: meAnswer },
});

export const createPerson = endpoint({
  method: 'POST',
  path: '/v1/people',
  auth: 'signed-in',
  summary: 'Staff create a record for someone without a phone, by name and resident ID card.',
  summaryZh: '工作人员凭姓名和身份证为没有手机的人建档。',
  body: personByStaff,
  answers: { 201: personAnswer },
  problems: ['forbidden', 'resident-id-check', 'person-exists'],
  idempotencyKey: 'optional',
});

export const searchPeople = endpoint({
  method: 'POST',
  path: '/v1/people/search',
  auth: 'signed-in',
  summary: 'Staff look somebody up by card or phone and say why; the person sees that they did.',
  summaryZh: '工作人员凭身份证或手机号查人并说明理由；本人看得到。',
  body: personSearchByStaff,
  answers: { 200: peopleAnswer },
  problems: ['forbidden', 'resident-id-check', 'phone-format'],
});

export const readPerson = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}',
  auth: 'signed-in',
  summary: 'A person’s record: one’s own, of somebody one acts for, or with a reason as staff.',
  summaryZh: '一个人的档案：本人的、可代办的人的，或工作人员说明理由后查看。',
  pathParams: onePerson,
  query: personQuery,
  answers: { 200: personAnswer },
  problems: ['no-authority', 'not-found'],
  version: 'shown',
});

export const changeProfile = endpoint({
  method: 'PATCH',
  path: '/v1/people/{personId}',
  auth: 'signed-in',
  summary: 'Changes one’s own record, or that of a child one is guardian of. Needs If-Match.',
  summaryZh: '修改自己或所监护孩子的档案，须带 If-Match。',
  pathParams: onePerson,
  body: profileChange,
  answers: { 200: personAnswer },
  problems: ['no-authority'],
  version: 'required',
});

export const confirmFact = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/confirmed',
  auth: 'signed-in',
  summary: 'Staff have seen a document: the school somebody goes to, or that they belong to a group.',
  summaryZh: '工作人员已看过证明：就读学校，或属于某个优先组。',
  pathParams: onePerson,
  body: confirmedFact,
  answers: { 200: personAnswer },
  problems: ['forbidden', 'no-authority', 'not-found', 'changed-meanwhile'],
  version: 'shown',
});

export const listReads = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/reads',
  auth: 'signed-in',
  summary: 'Which staff have read this person’s data, when and why; the latest hundred.',
  summaryZh: '哪些工作人员何时、为何看过此人的资料；最近一百条。',
  pathParams: onePerson,
  answers: { 200: readsAnswer },
  problems: ['no-authority'],
});

export const listGrants = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/grants',
  auth: 'signed-in',
  summary: 'For whom this person may act, and who may act for them; ended grants too.',
  summaryZh: '此人可代谁办理，谁可代此人办理；含已结束的授权。',
  pathParams: onePerson,
  answers: { 200: grants },
  problems: ['no-authority'],
});

export const giveGrant = endpoint({
  method: 'POST',
  path: '/v1/grants',
  auth: 'signed-in',
  summary:
    'Asks the person behind a phone number to act for oneself or for one’s child. Unknown numbers get the same answer.',
  summaryZh: '请某手机号的机主代本人或自己的孩子办理；号码未知时回答相同。',
  body: grantCreate,
  answers: { 202: invitedAnswer },
  problems: ['no-authority', 'phone-format', 'rate-limited'],
  idempotencyKey: 'optional',
});

export const endGrant = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/grants/{grantId}/end',
  auth: 'signed-in',
  summary: 'Ends a grant from either side; the right is gone at once.',
  summaryZh: '任一方结束授权，权利立即失效。',
  pathParams: oneGrant,
  answers: { 204: nothing },
  problems: ['no-authority', 'not-found', 'grant-ended'],
});

export const changeGrant = endpoint({
  method: 'PATCH',
  path: '/v1/people/{personId}/grants/{grantId}',
  auth: 'signed-in',
  summary: 'Says what somebody else may do for this person; it holds from the next request on.',
  summaryZh: '规定他人可代此人做什么，从下一次请求起生效。',
  pathParams: oneGrant,
  body: grantChange,
  answers: { 200: grantAnswer },
  problems: ['no-authority', 'not-found', 'own-rights', 'grant-ended'],
});

export const listLimits = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/limits',
  auth: 'signed-in',
  summary: 'Officers of civil affairs see who acts for whom, and which limits a court has set; the look is logged.',
  summaryZh: '民政工作人员查看谁代谁办理、法院设了哪些限制；查看会留痕。',
  pathParams: onePerson,
  query: courtLimitsQuery,
  answers: { 200: courtLimitsAnswer },
  problems: ['forbidden', 'not-found'],
});

export const setLimit = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/limits',
  auth: 'signed-in',
  summary: 'A court has decided that an adult may not act for this child: it beats every grant, at once.',
  summaryZh: '法院判定某成年人不得代这个孩子办理：优先于一切授权，立即生效。',
  pathParams: onePerson,
  body: courtLimitCreate,
  answers: { 201: courtLimitAnswer },
  problems: ['forbidden', 'not-found', 'already-limited'],
  idempotencyKey: 'optional',
});

export const liftLimit = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/limits/{limitId}/lift',
  auth: 'signed-in',
  summary: 'The decision has ended: grants that stand work again.',
  summaryZh: '判定已终止：原有授权恢复。',
  pathParams: z.strictObject({ personId, limitId: courtLimitId }),
  body: courtLimitLift,
  answers: { 200: courtLimitAnswer },
  problems: ['forbidden', 'not-found', 'limit-lifted'],
  idempotencyKey: 'optional',
});

export const givePost = endpoint({
  method: 'POST',
  path: '/v1/posts',
  auth: 'signed-in',
  summary: 'Gives a post; only someone above may, and never to themselves.',
  summaryZh: '授予职务；只能由上级授予，且不能授予自己。',
  body: postCreate,
  answers: { 201: postAnswer },
  problems: ['own-grant', 'forbidden', 'not-found', 'already-granted', 'service-account', 'changed-meanwhile'],
  idempotencyKey: 'optional',
});

export const listPosts = endpoint({
  method: 'GET',
  path: '/v1/posts',
  auth: 'signed-in',
  summary: 'Who holds posts of a kind at a center, an operator or a bureau; for those who may give them.',
  summaryZh: '某中心、机构或部门某类职务由谁担任；供有权授予者查看。',
  query: postsQuery,
  answers: { 200: postsAnswer },
  problems: ['forbidden'],
});

export const endPost = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/posts/{postId}/end',
  auth: 'signed-in',
  summary: 'Ends a post; the right is gone at once.',
  summaryZh: '结束职务，权利立即失效。',
  pathParams: z.strictObject({ personId, postId }),
  answers: { 204: nothing },
  problems: ['forbidden', 'not-found', 'service-account', 'grant-ended'],
});

export const createServiceAccount = endpoint({
  method: 'POST',
  path: '/v1/service-accounts',
  auth: 'signed-in',
  summary: 'Creates an account for a program, with one post that its creator may give. Its key is told this once.',
  summaryZh: '为程序开设服务账号并授予一项职务，须由有权授予者开设；密钥只告知这一次。',
  description:
    'Keep the key where the program keeps its secrets. It gets a token with it at `POST /v1/sign-in/service`. A repeat under the same ' +
    '`Idempotency-Key` answers the account without the key: if the first answer was lost, rotate the key.',
  body: serviceAccountCreate,
  answers: { 201: serviceAccountCreated },
  problems: ['forbidden', 'changed-meanwhile'],
  idempotencyKey: 'optional',
});

export const listServiceAccounts = endpoint({
  method: 'GET',
  path: '/v1/service-accounts',
  auth: 'signed-in',
  summary:
    'Which programs have a post at a center, an operator or a bureau, ended ones too; for those who may give it.',
  summaryZh: '某中心、机构或部门某类职务有哪些服务账号，含已停用的；供有权授予者查看。',
  query: postsQuery,
  answers: { 200: serviceAccountsAnswer },
  problems: ['forbidden'],
});

export const rotateServiceKey = endpoint({
  method: 'POST',
  path: '/v1/service-accounts/{accountId}/rotate',
  auth: 'signed-in',
  summary: 'Gives a service account a new key, told this once; the old key and its tokens end at once.',
  summaryZh: '更换服务账号的密钥，新密钥只告知这一次；旧密钥及其令牌立即失效。',
  pathParams: oneAccount,
  answers: { 200: serviceKeyRotated },
  problems: ['forbidden', 'not-found', 'service-account-ended', 'changed-meanwhile'],
});

export const endServiceAccount = endpoint({
  method: 'POST',
  path: '/v1/service-accounts/{accountId}/end',
  auth: 'signed-in',
  summary: 'Ends a service account for good: its post, its key and its tokens end at once.',
  summaryZh: '永久停用服务账号：职务、密钥和令牌立即失效。',
  pathParams: oneAccount,
  answers: { 204: nothing },
  problems: ['forbidden', 'not-found', 'changed-meanwhile'],
});
