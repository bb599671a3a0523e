import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { callApi } from './api.ts';
import { clearSession } from './draft.ts';
import { forgetSignIn } from './tokens.ts';

/** Ends the sign-in here even when the server cannot be reached, and leaves nothing of the person at this screen. */
export function useSignOut() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async ({ everywhere = false }: { everywhere?: boolean } = {}) => {
    await callApi('POST /v1/sign-out', { body: { everywhere } }).catch(() => undefined);
    forgetSignIn();
    clearSession();
    queryClient.clear();
    await navigate({ to: '/' });
  };
}
