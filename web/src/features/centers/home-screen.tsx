import { Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useCenters } from '../../entities/centers/centers.ts';
import { useTexts } from '../../lib/i18n.ts';
import { CenterFilters } from './center-filters.tsx';
import { CenterList } from './center-list.tsx';
import styles from './home.module.css';
import { Riverside } from './riverside.tsx';
import { ServiceTiles } from './service-tiles.tsx';
import { centersTexts } from './texts.ts';

/** The first page: what do you need, and where. */
export function HomeScreen() {
  const t = useTexts(centersTexts);
  const search = useSearch({ from: '/shell/' });
  const navigate = useNavigate({ from: '/' });
  const centers = useCenters();
  const found = centers.data?.filter(
    ({ services, district, kind }) =>
      (!search.service || services.includes(search.service)) &&
      (!search.district || district === search.district) &&
      (!search.kind || kind === search.kind),
  );
  const choose = (part: typeof search) =>
    navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  return (
    <>
      <div className={styles.hero}>
        <Riverside />
        <PageTitle mb="xs">{t('title')}</PageTitle>
        <Text>{t('lead')}</Text>
      </div>
      <ServiceTiles chosen={search.service} />
      <section aria-labelledby="centers-heading">
        <Title order={2} id="centers-heading" mb="sm">
          {t('centers')}
        </Title>
        <CenterFilters district={search.district} kind={search.kind} onChange={(part) => void choose(part)} />
        <Text role="status" size="sm" c="dimmed" mb="xs">
          {found ? t('found', { count: found.length }) : ''}
        </Text>
        {centers.isPending ? <LoadingCards count={6} height={132} /> : null}
        {centers.error ? <Failure error={centers.error} onRetry={() => void centers.refetch()} /> : null}
        {found ? (
          <CenterList centers={found} service={search.service} onClear={() => void navigate({ search: {} })} />
        ) : null}
      </section>
    </>
  );
}
