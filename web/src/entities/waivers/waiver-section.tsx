import { Text, Title } from '@mantine/core';
import { may } from '../../../../shared/access/abilities.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Me } from '../../../../shared/contracts/people.ts';
import type { PersonWaiver } from '../../../../shared/contracts/waivers.ts';
import { Failure } from '../../components/failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage, instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import { abilitiesOfMe } from '../people/abilities.ts';
import peopleStyles from '../people/people.module.css';
import { waiverTexts } from './texts.ts';
import styles from './waivers.module.css';
import { useWaiversOf } from './waivers.ts';

/** What is signed and what is missing, for these people among whom one acts for. */
export function WaiverSection({ me, personIds }: { me: Me; personIds: readonly PersonId[] }) {
  const t = useTexts(waiverTexts);
  const { isPending, error, lists } = useWaiversOf(personIds);
  const ability = abilitiesOfMe(me);
  const nameOf = (personId: PersonId) => me.actsFor.find((it) => it.personId === personId)?.name ?? me.person.name;
  const people = personIds.flatMap((personId, index) => {
    const waivers = lists[index] ?? [];
    return waivers.length > 0 ? [{ personId, waivers, mayUpdate: may(ability, 'update', 'Person', { personId }) }] : [];
  });
  return (
    <section aria-labelledby="waivers-heading" className={peopleStyles.section}>
      <Title order={2} id="waivers-heading">
        {t('section')}
      </Title>
      <Text mb="sm">{t('sectionLead')}</Text>
      {isPending ? <LoadingCards count={1} height={64} /> : null}
      {error ? <Failure error={error} /> : null}
      {!isPending && !error && people.length === 0 ? <Text c="dimmed">{t('none')}</Text> : null}
      {people.map(({ personId, waivers, mayUpdate }) => (
        <div key={personId} className={styles.person}>
          <Title order={3}>{t('of', { name: nameOf(personId) })}</Title>
          <ul className={classes('plain-list', styles.list)}>
            {waivers.map((it) => (
              <WaiverRow key={it.waiver.waiverId} it={it} person={{ personId, name: nameOf(personId), mayUpdate }} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

type Person = { personId: PersonId; name: string; mayUpdate: boolean };

function WaiverRow({ it: { waiver, state, signature, neededFor }, person }: { it: PersonWaiver; person: Person }) {
  const t = useTexts(waiverTexts);
  const language = useLanguage();
  const now = useCityNow();
  const title = inLanguage(waiver.title, language);
  const needs = neededFor.map(
    ({ title: what, date }) => `${dayText(date, language, now.date)} ${inLanguage(what, language)}`,
  );
  return (
    <li className={classes('card', styles.row, styles[`row-${state}`])}>
      <div>
        <Text fw={700}>{title}</Text>
        <p className={styles.state}>{t(`state.${state}`)}</p>
        {signature ? (
          <Text size="sm" c="dimmed">
            {t('signedBy', {
              name: signature.signedName,
              time: instantText(signature.at, language),
              version: signature.version,
            })}
          </Text>
        ) : null}
        {signature?.paper ? (
          <Text size="sm" c="dimmed">
            {t('onPaper', { reason: signature.paper.reason })}
          </Text>
        ) : null}
        {needs.length > 0 ? <Text size="sm">{t('neededFor', { what: needs.join('、') })}</Text> : null}
        {state !== 'signed' && !person.mayUpdate ? <Text size="sm">{t('byGuardian')}</Text> : null}
      </div>
      {state !== 'signed' && person.mayUpdate ? (
        <ButtonLink
          to="/waivers/$waiverId"
          params={{ waiverId: waiver.waiverId }}
          search={{ for: person.personId }}
          aria-label={t('signOf', { title, name: person.name })}
        >
          {t('sign')}
        </ButtonLink>
      ) : (
        <ButtonLink variant="default" size="sm" to="/waivers/$waiverId" params={{ waiverId: waiver.waiverId }}>
          {t('read')}
        </ButtonLink>
      )}
    </li>
  );
}
