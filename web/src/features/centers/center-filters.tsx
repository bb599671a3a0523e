import { NativeSelect } from '@mantine/core';
import { centerKindList, cityDistricts, cityTexts } from '../../lib/city.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './center-list.module.css';
import { centersTexts } from './texts.ts';

type District = (typeof cityDistricts)[number];
type Kind = (typeof centerKindList)[number];
type Filters = { district?: District | undefined; kind?: Kind | undefined };

/** The phone's own pickers: every thumb and every screen reader knows them. */
export function CenterFilters({ district, kind, onChange }: Filters & { onChange: (change: Filters) => void }) {
  const t = useTexts(centersTexts);
  const city = useTexts(cityTexts);
  return (
    <div className={styles.filters}>
      <NativeSelect
        label={t('district')}
        value={district ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ district: cityDistricts.find((name) => name === currentTarget.value) })
        }
        data={[
          { value: '', label: t('anyDistrict') },
          ...cityDistricts.map((name) => ({ value: name, label: city(`district.${name}`) })),
        ]}
      />
      <NativeSelect
        label={t('kind')}
        value={kind ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ kind: centerKindList.find((name) => name === currentTarget.value) })
        }
        data={[
          { value: '', label: t('anyKind') },
          ...centerKindList.map((name) => ({ value: name, label: city(`kind.${name}`) })),
        ]}
      />
    </div>
  );
}
