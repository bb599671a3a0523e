import { useMutation, useQueryClient } from '@tanstack/react-query';
import { may } from '../../../../shared/access/abilities.ts';
import type { CenterId, OfferingId } from '../../../../shared/contracts/common.ts';
import type { WaiverId } from '../../../../shared/contracts/policy.ts';
import { useDesks } from '../../entities/desks/use-desks.ts';
import { abilitiesOfMe } from '../../entities/people/abilities.ts';
import { useMe } from '../../entities/people/me.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';

/** Whose waivers the signed-in person manages: the city's, those of the centers where they work, or nobody's. */
export function useManages() {
  const me = useMe();
  const { desks, error, retry } = useDesks();
  const city = me.data !== undefined && may(abilitiesOfMe(me.data), 'publish', 'City', { tenantId: 'this' });
  const centerIds = desks?.map(({ centerId }) => centerId) ?? [];
  return {
    isPending: !desks && !error,
    error,
    retry,
    city,
    centerIds,
    somewhere: city || centerIds.length > 0,
    /** Who may publish it anew: a bureau the city's, staff their center's. */
    mayPublish: (centerId: CenterId | undefined) => (centerId ? centerIds.includes(centerId) : city),
  };
}

/** Puts a version out, which counts from that moment on. */
export function usePublishWaiver() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: BodyOf<'POST /v1/waivers'>) => (await callApi('POST /v1/waivers', { body })).waiver,
    // Not awaited: the new version takes the form away, which first has to say that it is done.
    onSuccess: () => void client.invalidateQueries({ queryKey: ['waiver'] }),
  });
}

/** Makes an offering ask for a waiver, or ask no longer. */
export function useAskForWaiver(waiverId: WaiverId, centerId: CenterId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ offeringId, asked }: { offeringId: OfferingId; asked: boolean }) =>
      callApi('PUT /v1/waivers/{waiverId}/offerings/{offeringId}', { path: { waiverId, offeringId }, body: { asked } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['centers', centerId] }),
  });
}
