import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TokenAnswer } from '../../../../shared/contracts/identity.ts';
import { api } from '../../lib/api.ts';
import { keepSignIn } from '../../lib/tokens.ts';

/** Trades phone and code for a sign-in, and forgets what an earlier person's questions were answered. */
export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: { phone: string; code: string }) => api.post<TokenAnswer>('/v1/sign-in', input),
    onSuccess: (answer) => {
      queryClient.removeQueries({ queryKey: ['me'] });
      keepSignIn(answer);
    },
  });
}
