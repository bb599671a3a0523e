import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { may } from '../../../../../shared/access/abilities.ts';
import type { PersonId } from '../../../../../shared/contracts/common.ts';
import { Empty } from '../../../components/empty.tsx';
import { FailedPage } from '../../../components/failed-page.tsx';
import { Failure } from '../../../components/failure.tsx';
import { LoadingCards, LoadingPage } from '../../../components/loading.tsx';
import { PageTitle } from '../../../components/page-title.tsx';
import { abilitiesOfMe } from '../../../entities/people/abilities.ts';
import { useMe } from '../../../entities/people/me.ts';
import styles from '../../../entities/people/people.module.css';
import { classes } from '../../../lib/classes.ts';
import { useTexts } from '../../../lib/i18n.ts';
import { ChildLimits } from './child-limits.tsx';
import { FindForm } from './find-form.tsx';
import { useLimits } from './limits.ts';
import { limitTexts } from './texts.ts';

/** Officers of civil affairs record what a court has decided about who may act for a child. */
export function LimitsScreen() {
  const t = useTexts(limitTexts);
  const me = useMe();
  const [looking, setLooking] = useState<{ personId: PersonId; reason: string }>();
  const found = useLimits(looking?.personId, looking?.reason ?? '');
  if (me.isPending) return <LoadingPage />;
  if (me.error) return <FailedPage error={me.error} onRetry={() => void me.refetch()} />;
  const mayLimit = may(abilitiesOfMe(me.data), 'limit', 'City', { tenantId: 'this' });
  return (
    <>
      <PageTitle mb="xs">{t('title')}</PageTitle>
      <Text mb="lg">{t('lead')}</Text>
      {mayLimit ? (
        <FindForm title={t('find')} onFound={({ personId }, reason) => setLooking({ personId, reason })} />
      ) : (
        <Empty title={t('noPost')} />
      )}
      {found.isLoading ? <LoadingCards count={2} height={64} /> : null}
      {found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.person.isChild ? <ChildLimits key={found.data.person.personId} {...found.data} /> : null}
      {found.data && !found.data.person.isChild ? (
        <section aria-labelledby="limit-children" className={styles.section}>
          <Title order={2} id="limit-children">
            {t(found.data.children.length > 0 ? 'childrenOf' : 'noChildren', { name: found.data.person.name })}
          </Title>
          <ul className={classes('plain-list', styles.grants, styles.limits)}>
            {found.data.children.map(({ personId, name, as }) => (
              <li key={personId} className={classes('card', styles.grant)}>
                <div>
                  <Text fw={600}>{name}</Text>
                  <Text size="sm" c="dimmed">
                    {found.data.person.name}: {t(`as.${as}`)}
                  </Text>
                </div>
                <Button
                  size="sm"
                  aria-label={`${t('open')}: ${name}`}
                  onClick={() => setLooking((before) => before && { ...before, personId })}
                >
                  {t('open')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
