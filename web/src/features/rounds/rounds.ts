import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Publication, Round, RoundId } from '../../../../shared/contracts/rounds.ts';
import { callApi } from '../../lib/api.ts';
import { useSignedInPersonId } from '../../lib/tokens.ts';

/** A draw is carried out within minutes of its time; whoever waits for it sees it come. */
const REFRESH_MS = 15_000;

const roundsQuery = queryOptions({
  queryKey: ['rounds'],
  queryFn: async ({ signal }) => (await callApi('GET /v1/rounds', { signal })).rounds,
});
export const useRounds = () => useQuery(roundsQuery);

/** One round; asked for again while its draw is on the way. */
export const useRound = (roundId: RoundId) =>
  useQuery({
    queryKey: ['rounds', roundId],
    queryFn: async ({ signal }) => (await callApi('GET /v1/rounds/{roundId}', { path: { roundId }, signal })).round,
    refetchInterval: ({ state }) =>
      state.data?.phase === 'closed' || state.data?.phase === 'drawn' ? REFRESH_MS : false,
  });

/** The applications of one's own and of those one acts for; by phase, because the draw adds what came of them. */
export function useApplications({ roundId, phase }: Pick<Round, 'roundId' | 'phase'>) {
  const personId = useSignedInPersonId();
  const isDrawn = phase === 'drawn' || phase === 'settled';
  return useQuery({
    queryKey: ['applications', roundId, isDrawn],
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/rounds/{roundId}/applications', { path: { roundId }, signal })).applications,
    enabled: personId !== undefined,
  });
}

const PAGES_MOST = 200;

/** Everything that is published of a drawn round, page after page. */
export const usePublication = (roundId: RoundId) =>
  useQuery({
    queryKey: ['publication', roundId],
    queryFn: async ({ signal }) => {
      const pages: Publication[] = [];
      for (let cursor: string | undefined; pages.length < PAGES_MOST; ) {
        const page = await callApi('GET /v1/rounds/{roundId}/publication', {
          path: { roundId },
          query: { cursor },
          signal,
        });
        pages.push(page);
        cursor = page.nextCursor;
        if (!cursor) break;
      }
      return pages;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
