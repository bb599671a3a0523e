import type { CenterId, OfferingId, SessionId } from '../../contracts/common.ts';
/** The center that a room, an offering or a session belongs to is the first part of its id. */
export function centerOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

export type SessionIdParts = {
  centerId: CenterId;
  providerId: string;
  offeringId: OfferingId;
  date: string;
  startsAt: string;
};

/** `<center>.<provider>.<slug>.<yyyymmdd>t<hhmm>`: a session's id says where, whose, when. */
export function partsOfSessionId(sessionId: SessionId): SessionIdParts {
  const [centerId = '', providerId = '', slug = '', stamp = ''] = sessionId.split('.');
  return {
    centerId,
    providerId,
    offeringId: `${centerId}.${providerId}.${slug}`,
    date: `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}`,
    startsAt: `${stamp.slice(9, 11)}:${stamp.slice(11, 13)}`,
  };
}

/** The id of the session of `offeringId` that starts at `startsAt` on `date`. */
export function sessionIdFor(offeringId: OfferingId, date: string, startsAt: string): string {
  return `${offeringId}.${date.replaceAll('-', '')}t${startsAt.replace(':', '')}`;
}
