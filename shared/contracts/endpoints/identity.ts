import { nothing } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import {
  jwks,
  refreshRequest,
  signInCodeAnswer,
  signInCodeRequest,
  signInRequest,
  signOutRequest,
  tokenAnswer,
} from '../identity.ts';
import { serviceSignInRequest, serviceTokenAnswer } from '../service-accounts.ts';

export const sendSignInCode = endpoint({
  method: 'POST',
  path: '/v1/sign-in/codes',
  auth: 'public',
  summary: 'Sends a one-time code by SMS. The answer is the same whether or not the number is known.',
  summaryZh: '用短信发送一次性验证码；号码是否已知，回答都一样。',
  body: signInCodeRequest,
  answers: { 202: signInCodeAnswer },
  problems: ['phone-format', 'rate-limited'],
});

export const signIn = endpoint({
  method: 'POST',
  path: '/v1/sign-in',
  auth: 'public',
  summary: 'Signs in with the code; a number that comes for the first time becomes a person.',
  summaryZh: '用验证码登录；首次出现的号码即建档。',
  body: signInRequest,
  answers: { 201: tokenAnswer },
  problems: ['phone-format', 'sign-in-code-wrong', 'rate-limited'],
  idempotencyKey: 'optional',
});

export const signInService = endpoint({
  method: 'POST',
  path: '/v1/sign-in/service',
  auth: 'public',
  summary: 'Signs a program in with the key of its service account.',
  summaryZh: '程序用服务账号的密钥登录。',
  body: serviceSignInRequest,
  answers: { 201: serviceTokenAnswer },
  problems: ['service-key-wrong', 'rate-limited'],
});

export const refreshTokens = endpoint({
  method: 'POST',
  path: '/v1/sign-in/refresh',
  auth: 'public',
  summary: 'Gives new tokens for a refresh token, which is used up.',
  summaryZh: '用刷新令牌换新令牌，旧的随即作废。',
  body: refreshRequest,
  answers: { 201: tokenAnswer },
  problems: ['not-signed-in', 'refresh-reused'],
});

export const signOut = endpoint({
  method: 'POST',
  path: '/v1/sign-out',
  auth: 'signed-in',
  summary: 'Ends the sign-in of this device, or of all devices.',
  summaryZh: '退出本设备或所有设备的登录。',
  body: signOutRequest,
  answers: { 204: nothing },
});

export const readJwks = endpoint({
  method: 'GET',
  path: '/.well-known/jwks.json',
  auth: 'public',
  summary: 'The public keys that access tokens can be verified with.',
  summaryZh: '验证访问令牌所用的公钥。',
  answers: { 200: jwks },
});
