import type { Service } from '../../../../shared/contracts/common.ts';
import { cityTexts } from '../../lib/city.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './center.module.css';
import { centerTexts } from './center-texts.ts';

type Props = { services: Service[]; chosen: Service | undefined; onChoose: (service: Service | undefined) => void };

export function ServiceChips({ services, chosen, onChoose }: Props) {
  const t = useTexts(centerTexts);
  const city = useTexts(cityTexts);
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">{t('services')}</legend>
      {[undefined, ...services].map((service) => (
        <button
          key={service ?? 'all'}
          type="button"
          className={styles.chip}
          aria-pressed={service === chosen}
          onClick={() => onChoose(service)}
        >
          {service ? city(`service.${service}`) : t('all')}
        </button>
      ))}
    </fieldset>
  );
}
