import { Button, Text, TextInput, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Publication, PublishedApplication } from '../../../../shared/contracts/rounds.ts';
import { FailedPage } from '../../components/failed-page.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './rounds.module.css';
import { usePublication, useRound } from './rounds.ts';
import { saveJson } from './save-json.ts';
import { SessionList } from './session-list.tsx';
import { roundTexts } from './texts.ts';

const SHOWN = 50;

/** All that the draw was made of and led to, and how anybody checks it. */
export function PublicationScreen() {
  const t = useTexts(roundTexts);
  const language = useLanguage();
  const { roundId } = useParams({ from: '/shell/rounds/$roundId/publication' });
  const round = useRound(roundId);
  const published = usePublication(roundId);
  const error = published.error ?? round.error;
  if (error) return <FailedPage error={error} onRetry={() => void published.refetch()} />;
  const [page] = published.data ?? [];
  if (!published.data || !page || !round.data) return <LoadingPage />;
  const pages = published.data;
  const address = `${window.location.origin}/v1/rounds/${roundId}/publication`;
  return (
    <>
      <TextLink to="/rounds/$roundId" params={{ roundId }} size="sm">
        {inLanguage(round.data.title, language)}
      </TextLink>
      <PageTitle mb="xs">{t('publication')}</PageTitle>
      <Text mb="md">{t('publicationLead')}</Text>
      <section className={classes('card', styles.part)}>
        <Hash name={t('seed')} value={page.seed} />
        <Hash name={t('seedHash')} value={page.seedHash} />
        <Hash name={t('resultHash')} value={page.resultHash} />
      </section>
      <section className={classes('card', styles.part)}>
        <Title order={2}>{t('howTo')}</Title>
        <p>{t('howTo1')}</p>
        <p>{t('howTo2')}</p>
        <pre className={styles.command}>
          <code>{`node scripts/verify-draw.mjs ${address}`}</code>
        </pre>
        <p>{t('howTo3')}</p>
        <Button variant="default" onClick={() => saveJson(`${roundId}.json`, pages)}>
          {t('download')}
        </Button>
      </section>
      <section className={classes('card', styles.part)}>
        <Title order={2}>{t('rule', { version: page.rule.version })}</Title>
        {inLanguage(page.rule, language)
          .split('\n')
          .map((line) => (
            <p key={line}>{line}</p>
          ))}
      </section>
      <SessionList round={round.data} />
      <Rows pages={pages} />
    </>
  );
}

function Hash({ name, value }: { name: string; value: string }) {
  return (
    <>
      <h2 className={styles.hashName}>{name}</h2>
      <code className={styles.hash}>{value}</code>
    </>
  );
}

function Rows({ pages }: { pages: readonly Publication[] }) {
  const t = useTexts(roundTexts);
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = pages
    .flatMap(({ applications }) => applications)
    .filter(({ code }) => code.includes(wanted))
    .sort((a, b) => a.order - b.order);
  const placeText = ({ place }: PublishedApplication) =>
    place === null ? t('noPlace') : t('sessionNumber', { number: place });
  return (
    <section className={styles.part}>
      <search>
        <TextInput
          type="search"
          label={t('find')}
          className={styles.find}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </search>
      <Text role="status" size="sm" c="dimmed" my="xs">
        {t('found', { count: found.length })}
        {found.length > SHOWN ? ` · ${t('firstOnes', { count: SHOWN })}` : ''}
      </Text>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('order')}</th>
            <th scope="col">{t('code')}</th>
            <th scope="col">{t('group')}</th>
            <th scope="col">{t('size')}</th>
            <th scope="col">{t('wishes')}</th>
            <th scope="col">{t('result')}</th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, SHOWN).map((row) => (
            <tr key={row.code}>
              <td data-label={t('order')}>{row.order}</td>
              <td data-label={t('code')}>
                <code className={styles.hash}>{row.code}</code>
              </td>
              <td data-label={t('group')}>{row.group === null ? '—' : t('priority', { number: row.group })}</td>
              <td data-label={t('size')}>{row.size}</td>
              <td data-label={t('wishes')}>{row.wishes.join(' ')}</td>
              <td data-label={t('result')}>{placeText(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
