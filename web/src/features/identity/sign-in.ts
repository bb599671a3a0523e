import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyOf, callApi } from '../../lib/api.ts';
import { keepSignIn } from '../../lib/tokens.ts';

/** Trades phone and code for a sign-in, and forgets what an earlier person's questions were answered. */
export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: BodyOf<'POST /v1/sign-in'>) => callApi('POST /v1/sign-in', { body: input }),
    onSuccess: (answer) => {
      queryClient.removeQueries({ queryKey: ['me'] });
      keepSignIn(answer);
    },
  });
}
