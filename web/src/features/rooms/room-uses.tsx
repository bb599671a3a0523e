import type { OfferingId, RoomId } from '../../../../shared/contracts/common.ts';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { Checkbox, NativeSelect, Stack, Text } from '@mantine/core';
import type { Offering, Room } from '../../../../shared/contracts/centers.ts';
import { inLanguage, priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './room.module.css';
import { usesTexts } from './uses-texts.ts';

/** Kinds of use of a room: offerings whose rules are about rooms. */
export const usesOf = (offerings: readonly Offering[]): Offering[] =>
  offerings.filter(({ policy }) => policy?.buffers !== undefined || policy?.approval !== undefined);

/** What can come with a room: everything bookable of the center that is no room itself. */
export const resourcesOf = (rooms: readonly Room[]): Room[] =>
  rooms.filter(({ kind, bookable }) => kind !== 'room' && bookable);

const MOST_RESOURCES = 5;

type Props = {
  uses: readonly Offering[];
  resources: readonly Room[];
  offeringId: OfferingId;
  chosen: readonly string[];
  onUse: (offeringId: OfferingId) => void;
  onToggle: (roomId: RoomId) => void;
};

/** What kind of use it is and what it asks for, and what comes with the room. */
export function RoomUses({ uses, resources, offeringId, chosen, onUse, onToggle }: Props) {
  const t = useTexts(usesTexts);
  const language = useLanguage();
  const use = uses.find((one) => one.offeringId === offeringId);
  return (
    <>
      {uses.length > 0 ? (
        <div>
          <NativeSelect
            label={t('use')}
            description={t('useHint')}
            value={use?.offeringId ?? ''}
            onChange={({ currentTarget }) => onUse(currentTarget.value)}
            data={[
              { value: '', label: t('plain') },
              ...uses.map((one) => ({ value: one.offeringId, label: inLanguage(one.title, language) })),
            ]}
          />
          <div role="status" className={styles.useAsks}>
            {use ? <UseAsks use={use} /> : null}
          </div>
        </div>
      ) : null}
      {resources.length > 0 ? (
        <fieldset className={styles.with}>
          <legend>{t('with')}</legend>
          <Text size="sm" c="dimmed">
            {t('withHint')}
          </Text>
          <Stack gap={0}>
            {resources.map(({ roomId, name, kind }) => (
              <Checkbox
                key={roomId}
                className={styles.withOne}
                label={inLanguage(name, language)}
                description={kind === 'room' ? undefined : t(`kind.${kind}`)}
                checked={chosen.includes(roomId)}
                disabled={chosen.length >= MOST_RESOURCES && !chosen.includes(roomId)}
                onChange={() => onToggle(roomId)}
              />
            ))}
          </Stack>
        </fieldset>
      ) : null}
    </>
  );
}

function UseAsks({ use }: { use: Offering }) {
  const t = useTexts(usesTexts);
  const language = useLanguage();
  const { approval, payment, buffers } = use.policy ?? {};
  const asks = [
    approval ? t('approval', { hours: approval.withinHours }) : undefined,
    use.residentPriceFen > 0 ? t('price', { price: priceText(use.residentPriceFen, language) }) : undefined,
    payment && use.residentPriceFen > 0 ? t('payment', { minutes: payment.withinMinutes }) : undefined,
    buffers && buffers.beforeMinutes + buffers.afterMinutes > 0
      ? t('buffers', { before: buffers.beforeMinutes, after: buffers.afterMinutes })
      : undefined,
  ].filter((text) => text !== undefined);
  return (
    <ul>
      {asks.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
