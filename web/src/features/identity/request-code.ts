import { useMutation } from '@tanstack/react-query';
import { callApi } from '../../lib/api.ts';

/** Sends a one-time code to a phone. The answer is the same whether or not the number is known. */
export const useRequestCode = () =>
  useMutation({
    mutationFn: (phone: string) => callApi('POST /v1/sign-in/codes', { body: { phone } }),
  });
