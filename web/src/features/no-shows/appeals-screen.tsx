import { Button, Group, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import type { NoShow } from '../../../../shared/contracts/no-shows.ts';
import { Empty } from '../../components/empty.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingCards, LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { NoDesk } from '../../entities/desks/no-desk.tsx';
import { useDesks } from '../../entities/desks/use-desks.ts';
import { NoShowLog } from '../../entities/no-shows/no-show-log.tsx';
import styles from '../../entities/no-shows/no-shows.module.css';
import { useAppeals, useDecideAppeal } from '../../entities/no-shows/no-shows.ts';
import { ReasonDialog } from '../../entities/no-shows/reason-dialog.tsx';
import { noShowTexts } from '../../entities/no-shows/texts.ts';
import { classes } from '../../lib/classes.ts';
import { dayText, inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';

const isOpen = ({ log, state }: NoShow): boolean =>
  state === 'no-show' && !log.some(({ what }) => what === 'accepted' || what === 'refused');

/** No-shows that people contest at a center: to answer, then those answered, each with its whole log. */
export function AppealsScreen() {
  const { centerId } = useParams({ from: '/shell/signed-in/desk/$centerId/appeals' });
  const { desks, error, retry } = useDesks();
  if (error && !desks) return <FailedPage error={error} onRetry={retry} />;
  if (!desks) return <LoadingPage />;
  return desks.some((desk) => desk.centerId === centerId) ? <Appeals centerId={centerId} /> : <NoDesk />;
}

function Appeals({ centerId }: { centerId: CenterId }) {
  const t = useTexts(noShowTexts);
  const found = useAppeals(centerId);
  const [said, say] = useState('');
  const parts = [
    ['open', found.data?.filter(isOpen) ?? []],
    ['closed', found.data?.filter((one) => !isOpen(one)) ?? []],
  ] as const;
  return (
    <div style={{ maxWidth: '42rem' }}>
      <TextLink to="/desk/$centerId" params={{ centerId }} size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{t('appeals')}</PageTitle>
      <Text mb="md">{t('appealsLead')}</Text>
      <Text role="status" fw={600}>
        {said}
      </Text>
      {found.isPending ? <LoadingCards /> : null}
      {found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.length === 0 ? <Empty title={t('noAppeals')} /> : null}
      {parts.map(([part, noShows]) =>
        noShows.length > 0 ? (
          <section key={part} aria-labelledby={`appeals-${part}`}>
            <Title order={2} id={`appeals-${part}`} mb="sm">
              {t(part)}
            </Title>
            <ul className={classes('plain-list', styles.appealsList)}>
              {noShows.map((noShow) => (
                <AppealCard key={noShow.bookingId} noShow={noShow} onSaid={say} />
              ))}
            </ul>
          </section>
        ) : null,
      )}
    </div>
  );
}

function AppealCard({ noShow, onSaid }: { noShow: NoShow; onSaid: (text: string) => void }) {
  const t = useTexts(noShowTexts);
  const language = useLanguage();
  const now = useCityNow();
  const decide = useDecideAppeal();
  const [word, setWord] = useState<'accept' | 'refuse'>();
  const { personId, bookingId, date, startsAt } = noShow;
  const name = noShow.personName ?? '';
  const ask = (next: 'accept' | 'refuse') => {
    decide.reset();
    setWord(next);
  };
  return (
    <li className={classes('card', styles.appealCard)}>
      <h3>
        {name} · {inLanguage(noShow.title, language)}
      </h3>
      <p>
        {dayText(date, language, now.date)} {startsAt}
      </p>
      <NoShowLog noShow={noShow} />
      {isOpen(noShow) ? (
        <Group>
          <Button onClick={() => ask('accept')}>{t('accept')}</Button>
          <Button variant="default" onClick={() => ask('refuse')}>
            {t('refuse')}
          </Button>
        </Group>
      ) : null}
      <ReasonDialog
        key={word}
        opened={word !== undefined}
        title={t('answerTitle', { name })}
        lead={word ? t(word) : ''}
        yes={t('confirm')}
        no={t('cancel')}
        pending={decide.isPending}
        error={decide.error}
        onYes={(reason) =>
          decide.mutate(
            { personId, bookingId, accept: word === 'accept', reason },
            {
              onSuccess: () => {
                setWord(undefined);
                onSaid(t('decided', { name }));
              },
            },
          )
        }
        onClose={() => setWord(undefined)}
      />
    </li>
  );
}
