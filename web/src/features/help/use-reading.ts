import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../lib/api.ts';
import { readDocument } from './openapi.ts';

/** The running API's own document. */
export const useReading = () =>
  useQuery({
    queryKey: ['openapi'],
    queryFn: async ({ signal }) => readDocument(await callApi('GET /v1/openapi.json', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
