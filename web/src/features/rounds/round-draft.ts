import type { SessionId } from '../../../../shared/contracts/common.ts';
import type { RoundRequest } from '../../../../shared/contracts/rounds.ts';

export type RoundDraft = {
  titleZh: string;
  titleEn: string;
  opensAt: string;
  closesAt: string;
  drawsAt: string;
  groups: string;
  sessionIds: SessionId[];
};

export const emptyDraft: RoundDraft = {
  titleZh: '',
  titleEn: '',
  opensAt: '',
  closesAt: '',
  drawsAt: '',
  groups: '',
  sessionIds: [],
};

/** `2026-03-02T09:00` on the city's wall clock as an instant; `undefined` when it is none. China keeps one time, eight hours ahead. */
export function instantOf(wallClock: string): string | undefined {
  const moment = new Date(`${wallClock}:00+08:00`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** The groups as typed, one a line, `中文 / English`; `undefined` when a line is not of that form. */
export function groupsOf(text: string): RoundRequest['groups'] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const groups = lines.map((line, index) => {
    const [zh = '', en = ''] = line.split('/').map((part) => part.trim());
    return { groupId: `group-${index + 1}`, name: { zh, en } };
  });
  return groups.every(({ name }) => name.zh !== '' && name.en !== '') ? groups : undefined;
}

/** What is missing or makes no sense, by field; the request when nothing is. */
export function requestOf(
  draft: RoundDraft,
): { request: RoundRequest } | { wrong: ('title' | 'times' | 'groups' | 'sessions')[] } {
  const title = { zh: draft.titleZh.trim(), en: draft.titleEn.trim() };
  const [opensAt, closesAt, drawsAt] = [draft.opensAt, draft.closesAt, draft.drawsAt].map(instantOf);
  const groups = groupsOf(draft.groups);
  const inOrder = opensAt && closesAt && drawsAt && opensAt < closesAt && closesAt <= drawsAt;
  if (title.zh && title.en && inOrder && groups && draft.sessionIds.length > 0)
    return { request: { title, opensAt, closesAt, drawsAt, groups, sessionIds: draft.sessionIds } };
  return {
    wrong: [
      ...(title.zh && title.en ? [] : (['title'] as const)),
      ...(inOrder ? [] : (['times'] as const)),
      ...(groups ? [] : (['groups'] as const)),
      ...(draft.sessionIds.length > 0 ? [] : (['sessions'] as const)),
    ],
  };
}
