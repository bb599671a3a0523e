import { Text, Title } from '@mantine/core';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import styles from '../../entities/people/people.module.css';
import { classes } from '../../lib/classes.ts';
import { instantText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { useReads } from './profile.ts';
import { useReadWords } from './read-words.ts';
import { peopleTexts } from './texts.ts';

type Props = { personId: PersonId; title: string; lead: string };

/** Every look that staff took at somebody's data. */
export function ReadLog({ personId, title, lead }: Props) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const { asWords, whatWords } = useReadWords();
  const reads = useReads(personId);
  return (
    <section aria-labelledby="reads-heading" className={styles.section}>
      <Title order={2} id="reads-heading">
        {title}
      </Title>
      <Text mb="sm">{lead}</Text>
      {reads.isPending ? <LoadingCards count={2} height={56} /> : null}
      {reads.error ? <Failure error={reads.error} onRetry={() => void reads.refetch()} /> : null}
      {reads.data?.length === 0 ? <Text c="dimmed">{t('readsNone')}</Text> : null}
      <ul className={classes('plain-list', styles.reads)}>
        {reads.data?.map((read) => (
          <li key={`${read.at}${read.byName}${read.what}`}>
            <Text size="sm" c="dimmed">
              {instantText(read.at, language)}
            </Text>
            <Text>{t('readLine', { who: read.byName, as: asWords(read.as), what: whatWords(read.what) })}</Text>
            {read.reason ? <Text size="sm">{t('reason', { reason: read.reason })}</Text> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
