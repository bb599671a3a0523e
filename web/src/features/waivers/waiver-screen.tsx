import { Button, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useParams, useSearch } from '@tanstack/react-router';
import { FailedPage } from '../../components/failed-page.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useMe } from '../../entities/people/me.ts';
import { waiverTexts } from '../../entities/waivers/texts.ts';
import styles from '../../entities/waivers/waivers.module.css';
import { useWaiver } from '../../entities/waivers/waivers.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage, instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { SignForm } from './sign-form.tsx';

/** A waiver to read, to print, and, for somebody one may sign for, to sign. */
export function WaiverScreen() {
  const t = useTexts(waiverTexts);
  const language = useLanguage();
  const { waiverId } = useParams({ from: '/shell/waivers/$waiverId' });
  const search = useSearch({ from: '/shell/waivers/$waiverId' });
  const me = useMe();
  const found = useWaiver(waiverId);
  if (found.isPending) return <LoadingPage />;
  if (found.error) return <FailedPage error={found.error} onRetry={() => void found.refetch()} />;
  const waiver = found.data;
  const person = me.data?.actsFor.find(({ personId }) => personId === search.for);
  return (
    <article className={styles.waiver}>
      <PageTitle mb="xs">{inLanguage(waiver.title, language)}</PageTitle>
      <Text size="sm" c="dimmed" mb="md">
        {t('version', { version: waiver.version, time: instantText(waiver.publishedAt, language) })}
      </Text>
      <div className={classes('card', styles.waiverText)}>
        {inLanguage(waiver.text, language)
          .split(/\n+/)
          .map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
      </div>
      {person ? (
        <SignForm
          key={waiver.version}
          waiver={waiver}
          person={person}
          signerName={me.data?.person.name ?? ''}
          onOutdated={() => void found.refetch()}
        />
      ) : (
        <Button
          variant="default"
          onClick={() => globalThis.print()}
          leftSection={<IconPrinter size="1.125rem" aria-hidden />}
        >
          {t('print')}
        </Button>
      )}
    </article>
  );
}
