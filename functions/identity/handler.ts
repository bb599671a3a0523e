import * as api from '../../shared/contracts/endpoints/identity.ts';
import { accepted, created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { tokenPublicJwk } from '../../shared/keyring/keyring.ts';
import { refresh, sendCode, signIn, signOut } from './commands.ts';

export const routes = pair(api, {
  sendSignInCode: async ({ body }, context) => accepted(await sendCode(body.phone, context)),
  signIn: async ({ body }, context) => created(await signIn(body, context)),
  refreshTokens: async ({ body }, context) => created(await refresh(body.refreshToken, context)),
  signOut: async ({ body }, context) => {
    await signOut(body, context);
    return noContent();
  },
  readJwks: async () => ({
    ...ok({ keys: [await tokenPublicJwk()] }),
    headers: { 'cache-control': 'public, max-age=3600' },
  }),
});

export const handler = httpHandler(routes);
