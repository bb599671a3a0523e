import * as z from 'zod';
import {
  jwks,
  refreshRequest,
  signInCodeAnswer,
  signInCodeRequest,
  signInRequest,
  signOutRequest,
  tokenAnswer,
} from '../../shared/contracts/identity.ts';
import { created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { tokenPublicJwk } from '../../shared/keyring/keyring.ts';
import { refresh, sendCode, signIn, signOut } from './commands.ts';

export const routes = [
  route({
    method: 'POST',
    path: '/v1/sign-in/codes',
    door: 'anyone',
    summary: 'Sends a one-time code by SMS. The answer is the same whether or not the number is known.',
    bodySchema: signInCodeRequest,
    answers: { 202: signInCodeAnswer },
    problems: ['phone-format', 'rate-limited'],
    run: async ({ body }, context) => ({ status: 202, body: await sendCode(body.phone, context) }),
  }),
  route({
    method: 'POST',
    path: '/v1/sign-in',
    door: 'anyone',
    summary: 'Signs in with the code; a number that comes for the first time becomes a person.',
    bodySchema: signInRequest,
    answers: { 201: tokenAnswer },
    problems: ['phone-format', 'sign-in-code-wrong', 'rate-limited'],
    run: async ({ body }, context) => created(await signIn(body, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/sign-in/refresh',
    door: 'anyone',
    summary: 'Gives new tokens for a refresh token, which is used up.',
    bodySchema: refreshRequest,
    answers: { 201: tokenAnswer },
    problems: ['not-signed-in', 'refresh-reused'],
    run: async ({ body }, context) => created(await refresh(body.refreshToken, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/sign-out',
    door: 'signed-in',
    summary: 'Ends the sign-in of this device, or of all devices.',
    bodySchema: signOutRequest,
    answers: { 204: z.never() },
    run: async ({ body }, context) => {
      await signOut(body, context);
      return noContent();
    },
  }),
  route({
    method: 'GET',
    path: '/.well-known/jwks.json',
    door: 'anyone',
    summary: 'The public keys that access tokens can be verified with.',
    answers: { 200: jwks },
    run: async () => ({
      ...ok({ keys: [await tokenPublicJwk()] }),
      headers: { 'cache-control': 'public, max-age=3600' },
    }),
  }),
];

export const handler = httpHandler(routes);
