import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '../../components/empty.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { SampleMark } from '../../components/sample-mark.tsx';
import { cityTexts } from '../../lib/city.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { NotYours } from './not-yours.tsx';
import styles from './operators.module.css';
import { operatorTexts } from './texts.ts';
import { useOwnOperators } from './use-own-operators.ts';

/** So many fit on a screen without a search field. */
const FEW = 8;

/** Where bureaus, and whoever works for several operators, choose one; whoever works for one goes straight there. */
export function OperatorsScreen() {
  const t = useTexts(operatorTexts);
  const city = useTexts(cityTexts);
  const language = useLanguage();
  const [text, setText] = useState('');
  const { operators, error, retry } = useOwnOperators();
  if (error && !operators) return <FailedPage error={error} onRetry={retry} />;
  if (!operators) return <LoadingPage />;
  const [only] = operators;
  if (!only) return <NotYours />;
  if (operators.length === 1)
    return <Navigate to="/operators/$operatorId" params={{ operatorId: only.operatorId }} replace />;
  const wanted = text.trim().toLowerCase();
  const found = operators.filter(({ name }) => `${name.zh} ${name.en}`.toLowerCase().includes(wanted));
  return (
    <>
      <PageTitle documentTitle={t('all')}>{t('choose')}</PageTitle>
      {operators.length > FEW ? (
        <search>
          <TextInput
            className={styles.search}
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<IconSearch size="1.125rem" aria-hidden />}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <p role="status" className={styles.soft}>
            {t('found', { count: found.length })}
          </p>
        </search>
      ) : null}
      {found.length === 0 ? (
        <Empty title={t('none')}>
          <Button variant="default" onClick={() => setText('')}>
            {t('clear')}
          </Button>
        </Empty>
      ) : null}
      <ul className={classes('plain-list', styles.list)}>
        {found.map(({ operatorId, name, services, sample }) => (
          <li key={operatorId} className="card card-link">
            <Link to="/operators/$operatorId" params={{ operatorId }}>
              <strong>{inLanguage(name, language)}</strong>
            </Link>
            <p className={styles.soft}>
              {services.map((it) => city(`service.${it}`)).join(language === 'zh' ? '、' : ', ')}
            </p>
            {sample ? <SampleMark /> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
