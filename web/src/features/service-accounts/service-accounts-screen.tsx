import { Text } from '@mantine/core';
import { useState } from 'react';
import { may } from '../../../../shared/access/abilities.ts';
import { Empty } from '../../components/empty.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useCenters } from '../../entities/centers/centers.ts';
import { useOperators } from '../../entities/operators/operators.ts';
import { abilitiesOfMe } from '../../entities/people/abilities.ts';
import { useMe } from '../../entities/people/me.ts';
import { useTexts } from '../../lib/i18n.ts';
import { AccountList } from './account-list.tsx';
import { CreateAccount } from './create-account.tsx';
import { firstScope, kinds, type Places, ScopeChoice } from './scope-choice.tsx';
import styles from './service-accounts.module.css';
import { type Scope, useCreateAccount, useRotateKey } from './service-accounts.ts';
import { ShownKey } from './shown-key.tsx';
import { serviceAccountTexts } from './texts.ts';

/** Where those who may give posts keep the accounts of programs. */
export function ServiceAccountsScreen() {
  const t = useTexts(serviceAccountTexts);
  const me = useMe();
  const centers = useCenters();
  const operators = useOperators();
  const failed = [me, centers, operators].find(({ error }) => error);
  if (failed?.error) return <FailedPage error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!me.data || !centers.data || !operators.data) return <LoadingPage />;
  const ability = abilitiesOfMe(me.data);
  const mayGive = kinds.filter((kind) => may(ability, 'grant', 'Post', { kind, holderId: '*' }));
  return (
    <div className={styles.page}>
      <PageTitle mb="xs">{t('title')}</PageTitle>
      <Text mb="lg">{t('lead')}</Text>
      {mayGive.length > 0 ? (
        <Accounts mayGive={mayGive} places={{ centers: centers.data, operators: operators.data }} />
      ) : (
        <Empty title={t('notYours')} />
      )}
    </div>
  );
}

function Accounts({ mayGive, places }: { mayGive: readonly Scope['kind'][]; places: Places }) {
  const [scope, setScope] = useState(() => firstScope(mayGive[0] ?? 'center-staff', places));
  const create = useCreateAccount();
  const rotate = useRotateKey();
  const told = rotate.data
    ? { account: rotate.data.account, secret: rotate.data.key, title: 'rotated' as const }
    : create.data && { account: create.data.account, secret: create.data.key, title: 'created' as const };
  const choose = (next: Scope) => {
    // A key on the screen belongs to what was chosen.
    create.reset();
    rotate.reset();
    setScope(next);
  };
  return (
    <>
      <ScopeChoice scope={scope} onChange={choose} mayGive={mayGive} places={places} />
      <CreateAccount scope={scope} create={create} onSend={() => rotate.reset()} />
      <ShownKey told={told} />
      <AccountList scope={scope} rotate={rotate} onRotated={() => create.reset()} />
    </>
  );
}
