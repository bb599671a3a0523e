import * as api from '../../shared/contracts/endpoints/identity.ts';
import { accepted, created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { readTokenPublicJwk } from '../../shared/keyring/keyring.ts';
import { refresh, sendCode, signIn, signInService, signOut } from './commands.ts';

export const routes = pair(api, {
  sendSignInCode: async (context, { body }) => accepted(await sendCode(context, body.phone)),
  signIn: async (context, { body }) => created(await signIn(context, body)),
  signInService: async (context, { body }) => created(await signInService(context, body)),
  refreshTokens: async (context, { body }) => created(await refresh(context, body.refreshToken)),
  signOut: async (context, { body }) => {
    await signOut(context, body);
    return noContent();
  },
  readJwks: async () => ({
    ...ok({ keys: [await readTokenPublicJwk()] }),
    headers: { 'cache-control': 'public, max-age=3600' },
  }),
});

export const handler = httpHandler(routes);
