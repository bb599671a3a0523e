import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Center } from '../../../../shared/contracts/centers.ts';
import type { Service } from '../../../../shared/contracts/common.ts';
import { Empty } from '../../components/empty.tsx';
import { SampleMark } from '../../components/sample-mark.tsx';
import { cityTexts, districtKey } from '../../lib/city.ts';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './center-list.module.css';
import { lastCenterId } from './last-center.ts';
import { centersTexts } from './texts.ts';

type Props = { centers: Center[]; service: Service | undefined; onClear: () => void };

/** The center seen last comes first: most people have one. */
export function CenterList({ centers, service, onClear }: Props) {
  const t = useTexts(centersTexts);
  const city = useTexts(cityTexts);
  const language = useLanguage();
  const last = lastCenterId();
  if (centers.length === 0) {
    return (
      <Empty title={t('none')}>
        <Button variant="default" onClick={onClear}>
          {t('clear')}
        </Button>
      </Empty>
    );
  }
  const sorted = centers.toSorted((a, b) => Number(b.centerId === last) - Number(a.centerId === last));
  return (
    <ul className={classes(styles.list, 'plain-list')}>
      {sorted.map((center) => {
        const district = districtKey(center.district);
        return (
          <li key={center.centerId} className={classes('card card-link', styles.card)}>
            <h3 className={styles.cardName}>
              <Link to="/centers/$centerId" params={{ centerId: center.centerId }} search={service ? { service } : {}}>
                {inLanguage(center.name, language)}
              </Link>
            </h3>
            {center.centerId === last ? <span className={styles.cardLast}>{t('lastVisited')}</span> : null}
            <Text size="sm" c="dimmed">
              {district ? city(district) : center.district} · {city(`kind.${center.kind}`)}
            </Text>
            <Text size="sm">{inLanguage(center.address, language)}</Text>
            <p className={styles.cardServices}>
              {center.services.map((it) => city(`service.${it}`)).join(language === 'zh' ? '、' : ', ')}
            </p>
            {center.sample ? <SampleMark /> : null}
          </li>
        );
      })}
    </ul>
  );
}
