import { useQuery } from '@tanstack/react-query';
import type { Feed } from '../../../../shared/contracts/calendars.ts';
import { centerQuery } from '../../entities/centers/centers.ts';
import { useMe } from '../../entities/people/me.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { calendarTexts } from './texts.ts';

/** What a feed is of, in words. A room or a class is found in the list of its center, whose id is the first part of its own. */
export function useFeedName({ kind, of = '' }: Pick<Feed, 'kind' | 'of'>): string {
  const t = useTexts(calendarTexts);
  const language = useLanguage();
  const me = useMe();
  const isPlace = kind === 'room' || kind === 'class';
  const center = useQuery({ ...centerQuery(of.split('.')[0] ?? ''), enabled: isPlace });
  switch (kind) {
    case 'circle':
      return t('circle');
    case 'person':
      return me.data?.actsFor.find(({ personId }) => personId === of)?.name ?? '—';
    case 'room': {
      const room = center.data?.rooms.find(({ roomId }) => roomId === of);
      return t('room', { name: room ? inLanguage(room.name, language) : of });
    }
    case 'class': {
      const offering = center.data?.offerings.find(({ offeringId }) => offeringId === of);
      return t('class', { name: offering ? inLanguage(offering.title, language) : of });
    }
  }
}
