import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrderView } from '../../../../shared/contracts/bookings.ts';
import type { OrderId } from '../../../../shared/contracts/common.ts';
import type { PayWith } from '../../../../shared/contracts/passes.ts';
import { api } from '../../lib/api.ts';

const orderPath = (orderId: OrderId): string => `/v1/orders/${orderId}`;
const touched = ['orders', 'bookings', 'waiting', 'sessions', 'session', 'availability', 'approvals', 'allowances'];

/** What is held, until when, and what it costs as a whole. */
export const useOrder = (orderId: OrderId) =>
  useQuery({
    queryKey: ['orders', orderId],
    queryFn: async ({ signal }) => (await api.get<{ order: OrderView }>(orderPath(orderId), undefined, signal)).order,
  });

export type Word = { orderId: OrderId } & (
  | { word: 'confirm'; amountFen?: number; payWith?: PayWith | null }
  | { word: 'decline' | 'approve' | 'reject' }
);

/** Somebody's word on a hold: confirmed, declined, approved, refused. Said twice it counts once; what is shown is read again after. */
export function useDecideOrder() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ orderId, word, ...body }: Word) =>
      api.post<{ order: OrderView }>(`${orderPath(orderId)}/${word}`, body),
    onSettled: () => Promise.all(touched.map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}
