import '@mantine/core/styles/Switch.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { Group, Switch, Text } from '@mantine/core';
import type { Grant } from '../../../../shared/contracts/people.ts';
import { Failure } from '../../components/failure.tsx';
import styles from '../../entities/people/people.module.css';
import { useTexts } from '../../lib/i18n.ts';
import { grantTexts } from './grant-texts.ts';
import { useChangeRights } from './grants.ts';

/** A proxy passes nothing on, so there is nothing to switch. */
const rightsOfKind = { guardian: ['book', 'pickup', 'manage'], proxy: ['book', 'pickup'] } as const;

/** What somebody else may do for a person one speaks for: one switch a right, which holds from the next request on. */
export function GrantRights({ grant }: { grant: Grant }) {
  const t = useTexts(grantTexts);
  const change = useChangeRights(grant);
  // What was asked for shows at once; a refusal takes it back.
  const rights = change.isPending ? change.variables : grant.rights;
  return (
    <div className={styles.rights}>
      <Group
        gap="lg"
        role="group"
        aria-label={t('rightsOf', { holder: grant.holder.name, subject: grant.subject.name })}
      >
        {rightsOfKind[grant.kind].map((right) => (
          <Switch
            key={right}
            label={t(`right.${right}`)}
            checked={rights.includes(right)}
            onChange={({ currentTarget }) => {
              if (change.isPending) return;
              const others = grant.rights.filter((it) => it !== right);
              change.mutate(currentTarget.checked ? [...others, right] : others);
            }}
          />
        ))}
      </Group>
      {change.error ? <Failure error={change.error} /> : null}
      <div role="status">{change.isSuccess ? <Text size="sm">{t('rightsSaved')}</Text> : null}</div>
    </div>
  );
}
