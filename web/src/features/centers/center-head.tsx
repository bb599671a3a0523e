import { Group, Text } from '@mantine/core';
import { IconClock, IconMapPin, IconPhone } from '@tabler/icons-react';
import type { Center } from '../../../../shared/contracts/centers.ts';
import { TextLink } from '../../components/links.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { SampleMark } from '../../components/sample-mark.tsx';
import { useOpening } from '../../entities/centers/centers.ts';
import { cityTexts, districtKey } from '../../lib/city.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage, timeRange } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './center.module.css';
import { centerTexts } from './center-texts.ts';

/** Name, where it is, how to reach it, and whether it is open today. */
export function CenterHead({ center, now }: { center: Center; now: { date: string } }) {
  const t = useTexts(centerTexts);
  const city = useTexts(cityTexts);
  const language = useLanguage();
  const opening = useOpening(center.centerId, now.date, now.date);
  const today = opening.data?.[0];
  const district = districtKey(center.district);
  const hours = today?.hours.map(({ opensAt, closesAt }) => timeRange(opensAt, closesAt)).join(', ');
  return (
    <div className={styles.head}>
      <TextLink to="/" size="sm">
        {t('back')}
      </TextLink>
      <PageTitle mb="xs">{inLanguage(center.name, language)}</PageTitle>
      <Group gap="xs" mb="xs">
        <Text size="sm" c="dimmed">
          {district ? city(district) : center.district} · {city(`kind.${center.kind}`)}
        </Text>
        {center.sample ? <SampleMark /> : null}
      </Group>
      <ul className={classes('plain-list', styles.facts)}>
        <li>
          <IconMapPin aria-hidden stroke={1.6} />
          {inLanguage(center.address, language)}
        </li>
        {center.phone ? (
          <li>
            <IconPhone aria-hidden stroke={1.6} />
            <a href={`tel:${center.phone.replaceAll(/[^\d+]/g, '')}`}>{center.phone}</a>
          </li>
        ) : null}
        {today ? (
          <li>
            <IconClock aria-hidden stroke={1.6} />
            {hours ? t('openToday', { hours }) : t('closedToday')}
            {today.reason === 'regular' ? null : ` (${t(`reason.${today.reason}`)})`}
          </li>
        ) : null}
      </ul>
    </div>
  );
}
