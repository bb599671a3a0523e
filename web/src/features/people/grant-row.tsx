import { Button, Text } from '@mantine/core';
import type { Grant } from '../../../../shared/contracts/people.ts';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { peopleTexts } from './texts.ts';

export function GrantRow({ grant, own, onEnd }: { grant: Grant; own: boolean; onEnd: () => void }) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const kind = t(`kind.${grant.kind}`);
  const line = own
    ? t('heldLine', { subject: grant.subject.name, kind })
    : t('givenLine', { holder: grant.holder.name, subject: grant.subject.name, kind });
  return (
    <li className="card people-grant">
      <div>
        <Text fw={600}>{line}</Text>
        <Text size="sm" c="dimmed">
          {grant.endedAt
            ? `${t('ended')} · ${instantText(grant.endedAt, language)}`
            : t('since', { date: instantText(grant.since, language) })}
        </Text>
      </div>
      {grant.endedAt ? null : (
        <Button variant="outline" color="lychee" size="sm" onClick={onEnd} aria-label={`${t('end')}: ${line}`}>
          {t('end')}
        </Button>
      )}
    </li>
  );
}
