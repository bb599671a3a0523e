import { Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useMe } from '../../entities/people/me.ts';
import styles from '../../entities/people/people.module.css';
import { WaiverSection } from '../../entities/waivers/waiver-section.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { AddMember } from './add-member.tsx';
import { CreateHousehold } from './create-household.tsx';
import { GrantsSection } from './grants-section.tsx';
import { useHousehold } from './household.ts';
import { useInvitations } from './invitations.ts';
import { InviteAdult } from './invite-adult.tsx';
import { InviteMerge } from './invite-merge.tsx';
import { LeaveHousehold } from './leave-household.tsx';
import { MemberList } from './member-list.tsx';
import { MergedHousehold } from './merged-household.tsx';
import { ReceivedInvitations } from './received-invitations.tsx';
import { peopleTexts } from './texts.ts';
import { WaitingList } from './waiting-list.tsx';

/** Members of the household, and who may act for whom. */
export function HouseholdScreen() {
  const t = useTexts(peopleTexts);
  const me = useMe();
  const householdId = me.data?.person.householdId;
  const household = useHousehold(householdId);
  const invitations = useInvitations();
  const sent = invitations.data?.sent ?? [];
  const toHousehold = sent.filter(({ subject }) => !subject);
  const [outcome, setOutcome] = useState('');
  const status = useRef<HTMLDivElement>(null);
  const tell = (text: string) => {
    setOutcome(text);
    status.current?.focus();
  };
  const own = household.data?.members.find(({ personId }) => personId === me.data?.person.personId);
  const isAdult = own?.role === 'adult';
  return (
    <>
      <PageTitle mb="xs">{t('householdTitle')}</PageTitle>
      <Text mb="lg">{t('householdLead')}</Text>
      {me.isPending || household.isLoading ? <LoadingCards /> : null}
      {me.error ? <Failure error={me.error} onRetry={() => void me.refetch()} /> : null}
      {household.error ? <Failure error={household.error} onRetry={() => void household.refetch()} /> : null}
      {invitations.error ? <Failure error={invitations.error} onRetry={() => void invitations.refetch()} /> : null}
      <ReceivedInvitations invitations={invitations.data?.received ?? []} />
      <div role="status" ref={status} tabIndex={-1} className={styles.outcome}>
        {outcome ? <Text fw={600}>{outcome}</Text> : null}
      </div>
      {me.data && !householdId ? <CreateHousehold /> : null}
      {me.data && householdId && household.data ? (
        <section aria-labelledby="members-heading" className={styles.section}>
          <Title order={2} id="members-heading" mb="sm">
            {t('members')} · {household.data.name}
          </Title>
          <MemberList {...household.data} me={me.data} />
          {household.data.merge ? (
            <MergedHousehold householdId={householdId} merge={household.data.merge} onUndone={tell} />
          ) : null}
          <WaitingList invitations={toHousehold} />
          <div className={styles.forms}>
            <AddMember householdId={household.data.householdId} />
            <InviteAdult householdId={household.data.householdId} />
            {isAdult && !household.data.merge ? <InviteMerge household={household.data} me={me.data} /> : null}
          </div>
          <LeaveHousehold household={household.data} onLeft={tell} />
        </section>
      ) : null}
      <p>
        <TextLink to="/allowances">{t('allowances')}</TextLink>
      </p>
      {me.data ? <WaiverSection me={me.data} personIds={me.data.actsFor.map(({ personId }) => personId)} /> : null}
      {me.data ? <GrantsSection me={me.data} waiting={sent.filter(({ subject }) => subject)} /> : null}
    </>
  );
}
