import { Badge, Button, Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import type { CourtLimitId, PersonId } from '../../../../../shared/contracts/common.ts';
import type { CourtLimits } from '../../../../../shared/contracts/people.ts';
import styles from '../../../entities/people/people.module.css';
import { classes } from '../../../lib/classes.ts';
import { useTexts } from '../../../lib/i18n.ts';
import { DecisionForm } from './decision-form.tsx';
import { FindForm } from './find-form.tsx';
import { LimitHistory } from './limit-history.tsx';
import { useLiftLimit, useSetLimit } from './limits.ts';
import { limitTexts } from './texts.ts';

type Adult = { personId: PersonId; name: string };
/** What the officer is about to do: set a limit, or lift the one of this id. */
type Deciding = { adult: Adult; limitId: CourtLimitId | undefined };

/** Who may act for a child, on whom there is a limit, and setting or lifting one. */
export function ChildLimits({ person: child, holders, limits }: CourtLimits) {
  const t = useTexts(limitTexts);
  const [deciding, setDeciding] = useState<Deciding>();
  const [outcome, setOutcome] = useState('');
  const status = useRef<HTMLDivElement>(null);
  const set = useSetLimit(child.personId);
  const lift = useLiftLimit(child.personId);
  const inForce = limits.filter(({ lifted }) => !lifted);
  // Who is limited without a grant stands in the list too, so that it can be lifted.
  const adults = [
    ...new Map([...inForce.map(({ adult }) => adult), ...holders].map((it) => [it.personId, it])).values(),
  ];
  const roleOf = (personId: PersonId) => holders.find((it) => it.personId === personId)?.as;
  const begin = (adult: Adult) => {
    set.reset();
    lift.reset();
    setOutcome('');
    setDeciding({ adult, limitId: inForce.find((it) => it.adult.personId === adult.personId)?.limitId });
  };
  const done = (text: string) => {
    setDeciding(undefined);
    setOutcome(text);
    status.current?.focus();
  };
  return (
    <section aria-labelledby="limit-adults" className={styles.section}>
      <Title order={2} id="limit-adults">
        {t('adultsOf', { name: child.name })}
      </Title>
      {adults.length === 0 ? <Text c="dimmed">{t('noAdults')}</Text> : null}
      <ul className={classes('plain-list', styles.grants, styles.limits)}>
        {adults.map((adult) => {
          const role = roleOf(adult.personId);
          const isLimited = inForce.some((it) => it.adult.personId === adult.personId);
          return (
            <li key={adult.personId} className={classes('card', styles.grant)}>
              <div>
                <Text fw={600}>
                  {adult.name} {isLimited ? <Badge color="lychee">{t('limited')}</Badge> : null}
                </Text>
                {role ? (
                  <Text size="sm" c="dimmed">
                    {t(`as.${role}`)}
                  </Text>
                ) : null}
              </div>
              <Button
                variant="outline"
                size="sm"
                {...(isLimited ? {} : { color: 'lychee' })}
                aria-label={t(isLimited ? 'liftFor' : 'setFor', { adult: adult.name, child: child.name })}
                onClick={() => begin(adult)}
              >
                {t(isLimited ? 'lift' : 'set')}
              </Button>
            </li>
          );
        })}
      </ul>
      <div role="status" ref={status} tabIndex={-1} className={styles.outcome}>
        {outcome ? <Text fw={600}>{outcome}</Text> : null}
      </div>
      {deciding ? (
        <DecisionForm
          key={deciding.adult.personId}
          title={t(deciding.limitId ? 'liftFor' : 'setFor', { adult: deciding.adult.name, child: child.name })}
          yes={t(deciding.limitId ? 'yesLift' : 'yesSet')}
          pending={set.isPending || lift.isPending}
          error={set.error ?? lift.error}
          onCancel={() => setDeciding(undefined)}
          onDecide={(decision) => {
            const { adult, limitId } = deciding;
            if (limitId) lift.mutate({ limitId, ...decision }, { onSuccess: () => done(t('wasLifted')) });
            else set.mutate({ adultId: adult.personId, ...decision }, { onSuccess: () => done(t('wasSet')) });
          }}
        />
      ) : null}
      <LimitHistory limits={limits} />
      <FindForm key={child.personId} title={t('other')} hint={t('otherHint')} onFound={begin} />
    </section>
  );
}
