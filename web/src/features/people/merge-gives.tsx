import { Text } from '@mantine/core';
import type { Invitation } from '../../../../shared/contracts/people.ts';
import styles from '../../entities/people/people.module.css';
import { useTexts } from '../../lib/i18n.ts';
import { invitationTexts } from './invitation-texts.ts';

/** Everything that accepting a merge does, before one accepts. */
export function MergeGives({ gives }: { gives: NonNullable<Invitation['gives']> }) {
  const t = useTexts(invitationTexts);
  return (
    <dl className={styles.gives}>
      <dt>{t('mergeMembers')}</dt>
      <dd>
        {gives.members.length > 0 ? gives.members.map(({ name }) => name).join(t('between')) : t('mergeNoHome')}
        <Text size="sm" c="dimmed">
          {t('mergeMembersHint')}
        </Text>
      </dd>
      <dt>{t('mergeGrants')}</dt>
      <dd>
        {gives.grants.length > 0 ? gives.grants.map(({ name }) => name).join(t('between')) : t('mergeGrantsNone')}
        <Text size="sm" c="dimmed">
          {gives.grants.length > 0 ? t('mergeGrantsHint') : null} {t('mergeElders')}
        </Text>
      </dd>
    </dl>
  );
}
