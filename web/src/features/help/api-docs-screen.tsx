import { Anchor, Text, TextInput, Title } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './api-docs.module.css';
import { findOperations, type Reading } from './openapi.ts';
import { OperationDetails } from './operation-details.tsx';
import { helpTexts } from './texts.ts';
import { useReading } from './use-reading.ts';

/** The API for people: every operation, what it takes, what it gives, how it refuses; an address behind `#` opens one. */
export function ApiDocsScreen() {
  const t = useTexts(helpTexts);
  const reading = useReading();
  return (
    <>
      <PageTitle>{t('apiTitle')}</PageTitle>
      <Text mb="lg">
        {t('apiLead')}{' '}
        <Anchor href="/v1/openapi.json" inherit>
          /v1/openapi.json
        </Anchor>
      </Text>
      {reading.isPending ? <LoadingCards /> : null}
      {reading.error ? <Failure error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.data ? <Operations {...reading.data} /> : null}
    </>
  );
}

const countOf = (areas: Reading['areas']): number => areas.reduce((sum, { operations }) => sum + operations.length, 0);

function Operations({ areas, schemas }: Reading) {
  const t = useTexts(helpTexts);
  const language = useLanguage();
  const target = useLocation({ select: ({ hash }) => hash });
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed);
  const found = useMemo(() => findOperations(areas, wanted), [areas, wanted]);
  return (
    <>
      <TextInput
        type="search"
        label={t('apiSearch')}
        description={t('apiSearchHint')}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Text role="status" size="sm" mt="xs" mb="md">
        {t('apiFound', { count: countOf(found), all: countOf(areas) })}
      </Text>
      {found.length === 0 ? <Empty title={t('apiNone')} /> : null}
      <nav aria-label={t('apiAreas')}>
        <ul className={classes('plain-list', styles.areas)}>
          {found.map(({ name }) => (
            <li key={name}>
              <TextLink to="/api-docs" hash={`area-${name}`} size="sm">
                {name}
              </TextLink>
            </li>
          ))}
        </ul>
      </nav>
      {found.map(({ name, about, operations }) => (
        <section key={name} className={styles.area} aria-labelledby={`area-${name}`}>
          <Title order={2} id={`area-${name}`}>
            {name}
          </Title>
          <Text mb="xs">{inLanguage(about, language)}</Text>
          {operations.map((operation) => (
            <OperationDetails
              key={operation.id}
              operation={operation}
              schemas={schemas}
              isTarget={operation.id === target}
            />
          ))}
        </section>
      ))}
    </>
  );
}
