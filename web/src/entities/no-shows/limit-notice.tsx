import { Alert, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import { dayText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { useMe } from '../people/me.ts';
import { useNoShows } from './no-shows.ts';
import { noShowTexts } from './texts.ts';

/** How far ahead somebody can book for now, why, and when that ends by itself; nothing while there is no limit. */
export function LimitNotice({ personId }: { personId: PersonId }) {
  const t = useTexts(noShowTexts);
  const language = useLanguage();
  const now = useCityNow();
  const me = useMe().data;
  const { limit, rule } = useNoShows(personId).data ?? {};
  if (!limit || !rule) return null;
  const name = me?.actsFor.find((it) => it.personId === personId)?.name ?? '';
  const values = { name, days: rule.withinDays, count: limit.noShows, horizon: limit.horizonDays };
  return (
    <Alert color="gray" variant="light" icon={<IconInfoCircle aria-hidden />} mb="md">
      <Text fw={600}>{t(me?.person.personId === personId ? 'limitSelf' : 'limit', values)}</Text>
      <Text size="sm">
        {t('clears', { date: dayText(limit.clearsOn, language, now.date) })} {t('toContest')}
      </Text>
    </Alert>
  );
}
