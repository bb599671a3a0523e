import { Link } from '@tanstack/react-router';
import { useTexts } from '../../lib/i18n.ts';
import { appTexts } from '../texts.ts';
import { mainPlaces } from './places.ts';
import './tab-bar.css';

export function TabBar() {
  const t = useTexts(appTexts);
  return (
    <nav className="tab-bar" aria-label={t('navigation')}>
      {mainPlaces.map(({ to, text, Icon }) => (
        <Link key={to} to={to} className="tab-bar-link" activeOptions={{ exact: to === '/' }}>
          <Icon stroke={1.7} aria-hidden />
          {t(text)}
        </Link>
      ))}
    </nav>
  );
}
