import { Button, Text } from '@mantine/core';
import type { Grant } from '../../../../shared/contracts/people.ts';
import styles from '../../entities/people/people.module.css';
import { classes } from '../../lib/classes.ts';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { GrantRights } from './grant-rights.tsx';
import { grantTexts } from './grant-texts.ts';
import { peopleTexts } from './texts.ts';

/** One grant: whose, what it allows, and ending it. What others may do can be switched; for oneself it only reads. */
export function GrantRow({ grant, ownId, onEnd }: { grant: Grant; ownId: string; onEnd: () => void }) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const { holder, subject, endedAt, since } = grant;
  const own = holder.personId === ownId;
  const kind = t(`kind.${grant.kind}`);
  const line = own
    ? t('heldLine', { subject: subject.name, kind })
    : t('givenLine', { holder: holder.name, subject: subject.name, kind });
  // A child does not say what its guardian may do.
  const mayChange = !own && !(grant.kind === 'guardian' && subject.personId === ownId);
  return (
    <li className={classes('card', styles.grant)}>
      <div>
        <Text fw={600}>{line}</Text>
        <Text size="sm" c="dimmed">
          {endedAt
            ? `${t('ended')} · ${instantText(endedAt, language)}`
            : t('since', { date: instantText(since, language) })}
        </Text>
        {endedAt ? null : <CurrentGrant grant={grant} own={own} mayChange={mayChange} />}
      </div>
      {endedAt ? null : (
        <Button variant="outline" color="lychee" size="sm" onClick={onEnd} aria-label={`${t('end')}: ${line}`}>
          {t('end')}
        </Button>
      )}
    </li>
  );
}

function CurrentGrant({ grant, own, mayChange }: { grant: Grant; own: boolean; mayChange: boolean }) {
  const t = useTexts(grantTexts);
  if (grant.paused) return <Text size="sm">{t(own ? 'pausedHeld' : 'pausedGiven')}</Text>;
  if (mayChange) return <GrantRights grant={grant} />;
  const rights = grant.rights.length > 0 ? grant.rights.map((right) => t(`can.${right}`)) : [t('can.see')];
  return <Text size="sm">{t('rightsHeld', { rights: rights.join(t('between')) })}</Text>;
}
