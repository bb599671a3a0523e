import { QueryClient } from '@tanstack/react-query';
import { ConnectionError } from '../lib/problem.ts';

/** Answers are fresh for as long as one reads a screen; places left are asked for again when one comes back to it. */
const FRESH_MS = 15_000;
const RETRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (count, error) => error instanceof ConnectionError && count < RETRIES,
    },
    // A change is sent when asked for, connection or not: a quiet queue would leave the person waiting without a word.
    mutations: { retry: false, networkMode: 'always' },
  },
});
