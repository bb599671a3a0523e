import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrderView } from '../../../../shared/contracts/bookings.ts';
import { api } from '../../lib/api.ts';

const orderPath = (orderId: string): string => `/v1/orders/${orderId}`;
const touched = ['orders', 'bookings', 'waiting', 'sessions', 'session', 'availability', 'approvals'];

/** What is held, until when, and what it costs as a whole. */
export const useOrder = (orderId: string) =>
  useQuery({
    queryKey: ['orders', orderId],
    queryFn: async ({ signal }) => (await api.get<{ order: OrderView }>(orderPath(orderId), undefined, signal)).order,
  });

export type Word = { orderId: string } & (
  | { word: 'confirm'; amountFen?: number }
  | { word: 'decline' | 'approve' | 'reject' }
);

/** Somebody's word on a hold: confirmed, declined, approved, refused. Said twice it counts once; what is shown is read again after. */
export function useDecideOrder() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ orderId, ...said }: Word) => {
      const body = said.word === 'confirm' && said.amountFen !== undefined ? { amountFen: said.amountFen } : {};
      return api.post<{ order: OrderView }>(`${orderPath(orderId)}/${said.word}`, body);
    },
    onSettled: () => Promise.all(touched.map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}
