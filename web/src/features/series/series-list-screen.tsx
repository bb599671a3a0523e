import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { bookingsTexts } from '../../entities/bookings/texts.ts';
import { useMe } from '../../entities/people/me.ts';
import { dayText, inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useCityNow } from '../../lib/today.ts';
import styles from './series.module.css';
import { useSeriesList } from './series.ts';
import { seriesTexts } from './texts.ts';

/** The series of oneself and of all one may act for. */
export function SeriesListScreen() {
  const t = useTexts(seriesTexts);
  const bookings = useTexts(bookingsTexts);
  const language = useLanguage();
  const today = useCityNow().date;
  const people = useMe().data?.actsFor ?? [];
  const found = useSeriesList();
  return (
    <>
      <TextLink to="/bookings" size="sm">
        {bookings('back')}
      </TextLink>
      <PageTitle>{t('mine')}</PageTitle>
      {found.isPending ? <LoadingCards /> : null}
      {found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.length === 0 ? (
        <Empty title={t('mineNone')}>
          <Text size="sm">{t('mineHint')}</Text>
        </Empty>
      ) : null}
      <ul className={styles.list}>
        {found.data?.map(({ seriesId, title, firstDate, lastDate, target, beneficiaryId }) => (
          <li key={seriesId} className="card card-link">
            <h2>
              <Link to="/series/$seriesId" params={{ seriesId }}>
                {inLanguage(title, language)}
              </Link>
            </h2>
            <Text size="sm">
              {t('from', { first: dayText(firstDate, language, today), last: dayText(lastDate, language, today) })} ·{' '}
              {target.startsAt} · {people.find(({ personId }) => personId === beneficiaryId)?.name}
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}
