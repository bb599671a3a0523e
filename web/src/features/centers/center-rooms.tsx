import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Room } from '../../../../shared/contracts/centers.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { Empty } from '../../components/empty.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './center.module.css';
import { centerTexts } from './center-texts.ts';

export function CenterRooms({ centerId, rooms }: { centerId: CenterId; rooms: Room[] }) {
  const t = useTexts(centerTexts);
  const language = useLanguage();
  const bookable = rooms.filter(({ kind, bookable: open }) => kind === 'room' && open);
  if (bookable.length === 0) return <Empty title={t('noRooms')} />;
  return (
    <>
      {bookable.length > 1 ? (
        <ButtonLink variant="default" mb="md" to="/centers/$centerId/rooms" params={{ centerId }}>
          {t('allRooms')}
        </ButtonLink>
      ) : null}
      <ul className={classes('plain-list', styles.rooms)}>
        {bookable.map((room) => (
          <li key={room.roomId} className="card card-link">
            <h2 className={styles.roomName}>
              <Link to="/rooms/$roomId" params={{ roomId: room.roomId }}>
                {inLanguage(room.name, language)}
              </Link>
            </h2>
            <Text size="sm" c="dimmed">
              {[
                room.floor,
                t('seats', { count: room.seats }),
                room.areaSquareMeters ? t('area', { area: room.areaSquareMeters }) : undefined,
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            {room.equipment.length > 0 ? (
              <Text size="sm">
                {room.equipment.map((item) => inLanguage(item, language)).join(language === 'zh' ? '、' : ', ')}
              </Text>
            ) : null}
            <Text size="sm" c="river" fw={600} mt="xs">
              {t('bookRoom')}
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}
