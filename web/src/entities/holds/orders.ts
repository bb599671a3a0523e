import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrderId } from '../../../../shared/contracts/common.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';

const touched = ['orders', 'bookings', 'waiting', 'sessions', 'session', 'availability', 'approvals', 'allowances'];

/** What is held, until when, and what it costs as a whole. */
export const useOrder = (orderId: OrderId) =>
  useQuery({
    queryKey: ['orders', orderId],
    queryFn: async ({ signal }) => (await callApi('GET /v1/orders/{orderId}', { path: { orderId }, signal })).order,
  });

export type Word = { orderId: OrderId } & (
  | ({ word: 'confirm' } & BodyOf<'POST /v1/orders/{orderId}/confirm'>)
  | { word: 'decline' | 'approve' | 'reject' }
);

/** Somebody's word on a hold: confirmed, declined, approved, refused. Said twice it counts once; what is shown is read again after. */
export function useDecideOrder() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ orderId, ...said }: Word) => {
      if (said.word !== 'confirm') return callApi(`POST /v1/orders/{orderId}/${said.word}`, { path: { orderId } });
      const { word: _, ...body } = said;
      return callApi('POST /v1/orders/{orderId}/confirm', { path: { orderId }, body });
    },
    onSettled: () => Promise.all(touched.map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}
