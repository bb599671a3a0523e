import { Text, Title } from '@mantine/core';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { AddMember } from './add-member.tsx';
import { CreateHousehold } from './create-household.tsx';
import { GrantsSection } from './grants-section.tsx';
import { useHousehold } from './household.ts';
import { useMe } from './me.ts';
import { MemberList } from './member-list.tsx';
import { peopleTexts } from './texts.ts';
import './people.css';

/** Members of the household, and who may act for whom. */
export function HouseholdScreen() {
  const t = useTexts(peopleTexts);
  const me = useMe();
  const householdId = me.data?.person.householdId;
  const household = useHousehold(householdId);
  return (
    <>
      <PageTitle mb="xs">{t('householdTitle')}</PageTitle>
      <Text mb="lg">{t('householdLead')}</Text>
      {me.isPending || household.isLoading ? <LoadingCards /> : null}
      {me.error ? <Failure error={me.error} onRetry={() => void me.refetch()} /> : null}
      {household.error ? <Failure error={household.error} onRetry={() => void household.refetch()} /> : null}
      {me.data && !householdId ? <CreateHousehold /> : null}
      {me.data && household.data ? (
        <section aria-labelledby="members-heading" className="people-section">
          <Title order={2} id="members-heading" mb="sm">
            {t('members')} · {household.data.name}
          </Title>
          <MemberList members={household.data.members} ownId={me.data.person.personId} />
          <AddMember householdId={household.data.householdId} />
        </section>
      ) : null}
      {me.data ? <GrantsSection me={me.data} /> : null}
    </>
  );
}
