import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';
import { type AttendanceAnswer, type BoardSession, keepSeat, reloadBoard, stopReading } from './board.ts';
import { seatName } from './board-rules.ts';

export type Attendance = 'checked-in' | 'checked-out';
export type AttendanceChange = BodyOf<'POST /v1/centers/{centerId}/attendance'>;

/** The last thing one did about a seat that the board does not show yet, or that did not work. */
export type Attempt = { change: AttendanceChange; pending: boolean; error: Error | null };
const nameOf = ({ sessionId, personId }: Omit<AttendanceChange, 'to'>): string => seatName(sessionId, personId);

/**
 * Checks people in and out by name. The seat changes at once; when the server says no, it falls back by itself and the attempt
 * keeps the reason. What the server answered goes into the board, and after a failure the board is read again.
 */
export function useAttendance(centerId: CenterId, onDone: (answer: AttendanceAnswer) => void) {
  const client = useQueryClient();
  const mutationKey = useMemo(() => ['attendance', centerId], [centerId]);
  const { mutate } = useMutation({
    mutationKey,
    mutationFn: (change: AttendanceChange) =>
      callApi('POST /v1/centers/{centerId}/attendance', { path: { centerId }, body: change }),
    onMutate: () => stopReading(client, centerId),
    onSuccess: async (answer) => {
      await keepSeat(client, centerId, answer);
      onDone(answer);
    },
    // Not waited for: the reason is shown at once.
    onError: () => void reloadBoard(client, centerId),
  });
  const tries = useMutationState({
    filters: { mutationKey },
    select: ({ state }): Attempt => ({
      change: state.variables as AttendanceChange,
      pending: state.status === 'pending',
      error: state.error,
    }),
  });
  // In the order they were made: the last one of a seat counts.
  const attempts = useMemo(() => new Map(tries.map((it) => [nameOf(it.change), it])), [tries]);
  return {
    mark: mutate,
    attemptAt: useCallback((seat: Omit<AttendanceChange, 'to'>) => attempts.get(nameOf(seat)), [attempts]),
  };
}

/** The board with everything in it that has been asked for and not answered. */
export function withAttempts(
  sessions: readonly BoardSession[],
  attemptAt: (seat: Omit<AttendanceChange, 'to'>) => Attempt | undefined,
): readonly BoardSession[] {
  return sessions.map((session) => ({
    ...session,
    seats: session.seats.map((seat) => {
      const attempt = attemptAt({ sessionId: session.sessionId, personId: seat.personId });
      return attempt?.pending ? { ...seat, state: attempt.change.to } : seat;
    }),
  }));
}

/** Checks in or out by the code on a slip; the server looks for it among what the center has today. */
export function useAttendanceByCode(centerId: CenterId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<'POST /v1/centers/{centerId}/attendance/by-code'>) =>
      callApi('POST /v1/centers/{centerId}/attendance/by-code', { path: { centerId }, body }),
    onSuccess: (answer) => keepSeat(client, centerId, answer),
    onError: () => void reloadBoard(client, centerId),
  });
}
